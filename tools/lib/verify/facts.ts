import type { NodeTier } from "../../../kernel-model/index.ts";

/** What init saw, by name. */
export type Facts = ReadonlyMap<string, string>;

/** Parses init's `name=value` lines; a cut last line is dropped. */
export function parseFacts(text: string): Facts {
  const complete = text.slice(0, text.lastIndexOf("\n") + 1);
  return new Map(
    complete.split("\n").flatMap((line): [string, string][] => {
      const at = line.indexOf("=");
      return at === -1 ? [] : [[line.slice(0, at), line.slice(at + 1)]];
    }),
  );
}

/** What of the predicted tiers the guest does not show, one line each; none when all agree. */
export function diffTiers(facts: Facts, tiers: readonly NodeTier[]): string[] {
  const observed = new Map<number, number>();
  const twice: string[] = [];
  for (const [name, value] of facts) {
    const [, tier] = /^tier\.memory_tier(\d+)$/.exec(name) ?? [];
    if (tier === undefined) continue;
    for (const nid of parseList(value)) {
      if (observed.has(nid)) twice.push(`node ${nid} is in more tiers than one`);
      observed.set(nid, Number(tier));
    }
  }
  const wrong = tiers.flatMap(({ nid, tier }) => {
    const got = observed.get(nid);
    const shown = got === undefined ? "in no tier" : `in memory_tier${got}`;
    return got === tier ? [] : [`node ${nid} predicted in memory_tier${tier}, observed ${shown}`];
  });
  const wanted = tiers.map(({ nid }) => nid).join(",");
  const memory = parseList(facts.get("nodes.memory") ?? "").join(",");
  const runner = facts.get("runner.node") ?? "0";
  if (runner !== "0") twice.push(`the runner is on node ${runner}, and not on node 0`);
  if (memory === wanted) return [...wrong, ...twice];
  return [...wrong, ...twice, `nodes with memory predicted ${wanted}, observed ${memory}`];
}

/** The facts that init has to find on the machine, one a line, as it writes them itself. */
export function expectedFacts(tiers: readonly NodeTier[]): string {
  const numbers = [...new Set(tiers.map(({ tier }) => tier))];
  const nodesOf = (tier: number) => tiers.filter((node) => node.tier === tier);
  const lines = numbers.map((tier) => `tier.memory_tier${tier}=${formatList(nodesOf(tier))}\n`);
  return `nodes.memory=${formatList(tiers)}\n${lines.join("")}`;
}

/** As the kernel writes a list of nodes: `0-2,5`. */
function formatList(nodes: readonly Pick<NodeTier, "nid">[]): string {
  const nids = nodes.map(({ nid }) => nid).sort((a, b) => a - b);
  const starts = nids.filter((nid) => !nids.includes(nid - 1));
  const ranges = starts.map((first) => {
    let last = first;
    while (nids.includes(last + 1)) last += 1;
    return first === last ? `${first}` : `${first}-${last}`;
  });
  return ranges.join(",");
}

/** Numbers of a kernel list such as `0-2,5`. */
export function parseList(text: string): number[] {
  return [...text.matchAll(/(\d+)(?:-(\d+))?/g)].flatMap(([, first, last = first]) => {
    const length = Number(last) - Number(first) + 1;
    return Array.from({ length }, (_, index) => Number(first) + index);
  });
}
