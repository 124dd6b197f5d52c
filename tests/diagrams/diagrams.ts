import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../support/markdown.ts";
import { parseFlowchart } from "./flowchart.ts";
import { layOut } from "./lay-out.ts";
import { renderSvg } from "./render-svg.ts";

/** The Mermaid sources of the page about the architecture, in order. */
export function readDiagrams(): readonly string[] {
  const page = readFileSync(join(ROOT, "docs/architecture.md"), "utf8");
  return [...page.matchAll(/^```mermaid\n([\s\S]*?)^```$/gm)].map(([, source = ""]) => source);
}

/** The picture of one of them. */
export function renderDiagram(at: number, title: string): string {
  const source = readDiagrams()[at];
  if (source === undefined) throw new Error(`docs/architecture.md has no diagram ${at + 1}`);
  return renderSvg(title, layOut(parseFlowchart(source)));
}
