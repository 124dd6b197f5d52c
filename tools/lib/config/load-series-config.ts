import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ToolError } from "../error.ts";
import { errnoOf } from "../fs/disk-space.ts";
import { parseYaml } from "./parse-yaml.ts";
import { type SeriesConfig, SeriesConfigSchema, type SeriesStage } from "./series-schema.ts";

/** The configuration of a series, relative to the project's folder. */
export const SERIES_CONFIG_FILE = join("patches", "series.yaml");

/**
 * Reads and checks `patches/series.yaml` of a project.
 *
 * @throws ToolError (config) `series-config-missing`, `series-config-invalid` with places
 */
export async function loadSeriesConfig(projectDir: string): Promise<SeriesConfig> {
  const path = join(projectDir, SERIES_CONFIG_FILE);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new ToolError(`cannot read '${path}': ${errnoOf(error) ?? "unknown error"}`, {
      kind: "config",
      code: "series-config-missing",
      hints: ["run rfckit in a folder that has patches/series.yaml"],
      cause: error,
    });
  }
  return parseSeriesConfig(decode(bytes, path), path);
}

/** A name or reason with other bytes would stand in the mails as something else. */
function decode(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ToolError(`'${path}' is not UTF-8`, {
      kind: "config",
      code: "series-config-invalid",
      hints: ["iconv -f ISO-8859-1 -t UTF-8   (if it was written in that)"],
      cause,
    });
  }
}

/** As `loadSeriesConfig`, from text; `file` is named in messages. */
export function parseSeriesConfig(text: string, file: string): SeriesConfig {
  return parseYaml({
    file,
    text,
    schema: SeriesConfigSchema,
    code: "series-config-invalid",
    hint: "see docs/reference/series.schema.json for what the file may hold",
  });
}

/** A stage with its name, its folder and the ref that holds its commits. */
export interface StageLocation {
  readonly name: string;
  readonly stage: SeriesStage;
  /** Absolute path of the folder with the mails. */
  readonly dir: string;
  /** `refs/rfckit/<series>/<stage>` */
  readonly ref: string;
  /** Addresses beyond those of get_maintainer.pl. */
  readonly recipients: SeriesConfig["recipients"];
}

/**
 * Finds a stage of a series, the current one unless named.
 *
 * @throws ToolError `unknown-stage` (user)
 */
export function locateStage(
  config: SeriesConfig,
  projectDir: string,
  name: string = config.stage,
): StageLocation {
  const stage = Object.hasOwn(config.stages, name) ? config.stages[name] : undefined;
  if (stage === undefined) {
    const known = Object.keys(config.stages).join(", ");
    throw new ToolError(`series '${config.name}' has no stage '${name}', only ${known}`, {
      kind: "user",
      code: "unknown-stage",
      hints: [`--stage ${config.stage}`],
    });
  }
  return {
    name,
    stage,
    dir: join(projectDir, "patches", stage.folder),
    ref: `refs/rfckit/${config.name}/${name}`,
    recipients: config.recipients,
  };
}
