import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isSeq, parseDocument } from "yaml";
import { writeFileAtomic } from "../fs/write-file-atomic.ts";
import { parseSeriesConfig, SERIES_CONFIG_FILE } from "./load-series-config.ts";
import type { SeriesConfig, SeriesWaiver } from "./series-schema.ts";

/**
 * Adds waivers to `patches/series.yaml`, keeping comments and order; the file is replaced whole.
 *
 * @returns the configuration as it is now
 * @throws ToolError (config) `series-config-invalid`; then the file is as it was
 */
export async function addWaivers(
  projectDir: string,
  waivers: readonly SeriesWaiver[],
): Promise<SeriesConfig> {
  const path = join(projectDir, SERIES_CONFIG_FILE);
  const before = await readFile(path, "utf8");
  const text = withWaivers(before, waivers);
  const config = parseSeriesConfig(text, path);
  await writeFileAtomic(path, text);
  return config;
}

/** The text of a `series.yaml` with waivers added at the end of its list. */
export function withWaivers(text: string, waivers: readonly SeriesWaiver[]): string {
  const document = parseDocument(text);
  const list = document.get("waivers");
  if (isSeq(list)) for (const waiver of waivers) list.add(document.createNode(waiver));
  else document.set("waivers", document.createNode(waivers));
  return document.toString({ lineWidth: 100 });
}
