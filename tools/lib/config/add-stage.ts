import { isMap, isScalar, parseDocument } from "yaml";
import { parseSeriesConfig } from "./load-series-config.ts";
import type { SeriesStage } from "./series-schema.ts";

/** A stage to be written into `patches/series.yaml`. */
export interface NewStage {
  readonly name: string;
  readonly stage: SeriesStage;
}

/**
 * The text of `patches/series.yaml` with one stage more, which becomes the current one. All other
 * lines, and comments, stay as they are.
 *
 * @param file for messages
 * @throws ToolError (config) `series-config-invalid`
 */
export function addStage(text: string, { name, stage }: NewStage, file: string): string {
  parseSeriesConfig(text, file);
  const document = parseDocument(text);
  const stages = document.get("stages", true);
  const end = isMap(stages) ? stages.range?.[1] : undefined;
  let changed: string;
  if (isMap(stages) && stages.flow !== true && end !== undefined) {
    const lines = [`  ${name}:`, ...Object.entries(stage).map(([key, it]) => `    ${key}: ${it}`)];
    const before = text.slice(0, end).trimEnd();
    const after = text.slice(before.length).replace(/^\n/, "");
    const inserted = `${before}\n${lines.join("\n")}\n${after}`;
    changed = setCurrent(inserted, name);
  } else {
    document.setIn(["stages", name], stage);
    document.set("stage", name);
    changed = document.toString({ lineWidth: 0 });
  }
  parseSeriesConfig(changed, file);
  return changed;
}

function setCurrent(text: string, name: string): string {
  const current = parseDocument(text).get("stage", true);
  if (!isScalar(current) || !current.range) return text;
  const [from, to] = current.range;
  return text.slice(0, from) + name + text.slice(to);
}
