/** A box of a flowchart. */
export interface FlowNode {
  readonly id: string;
  readonly text: string;
}

/** An arrow from one box to another. */
export interface FlowEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly isDashed: boolean;
}

/** What a Mermaid flowchart says, as far as our pages use that language. */
export interface Flowchart {
  readonly direction: "TD" | "LR";
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
}

const NODE = /^ {4}(\w+)\["([^"]+)"\]$/;
const EDGE = /^ {4}(\w+) (-->|-\.->)(?:\|"([^"]+)"\|)? (\w+)$/;

/**
 * Reads a Mermaid flowchart of boxes and arrows.
 *
 * @throws Error with the line that is neither, or the name that is declared not once or not joined
 */
export function parseFlowchart(source: string): Flowchart {
  const [head = "", ...rest] = source.trimEnd().split("\n");
  const direction = /^flowchart (TD|LR)$/.exec(head)?.[1];
  if (direction !== "TD" && direction !== "LR") throw new Error(`no direction: ${head}`);
  const nodes: FlowNode[] = [];
  const edges: FlowEdge[] = [];
  for (const line of rest.filter((text) => text.trim() !== "")) {
    const [, id, text] = NODE.exec(line) ?? [];
    const [, from, arrow, label = "", to] = EDGE.exec(line) ?? [];
    if (id !== undefined && text !== undefined) nodes.push({ id, text });
    else if (from !== undefined && to !== undefined) {
      edges.push({ from, to, label, isDashed: arrow === "-.->" });
    } else throw new Error(`neither box nor arrow: ${line}`);
  }
  requireSameNames(nodes, edges);
  return { direction, nodes, edges };
}

function requireSameNames(nodes: readonly FlowNode[], edges: readonly FlowEdge[]): void {
  const declared = nodes.map(({ id }) => id).sort();
  const joined = [...new Set(edges.flatMap(({ from, to }) => [from, to]))].sort();
  if (declared.join() !== joined.join()) {
    throw new Error(`declared are ${declared.join()}, joined are ${joined.join()}`);
  }
}
