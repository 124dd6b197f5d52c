import { readFile } from "node:fs/promises";
import { ToolError } from "../error.ts";
import { errnoOf } from "../fs/disk-space.ts";
import { type LocatedYaml, parseLocatedYaml } from "./parse-yaml.ts";
import { type SplitPlan, SplitPlanSchema } from "./split-plan-schema.ts";

/** A plan with the places of its parts, for problems that only the commits can show. */
export type LocatedPlan = LocatedYaml<SplitPlan>;

const PLAN_BYTES = 16 * 1024 * 1024;

/**
 * Reads and checks a split plan.
 *
 * @throws ToolError (config) `split-plan-missing`, `split-plan-invalid` with places
 */
export async function loadSplitPlan(path: string): Promise<LocatedPlan> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new ToolError(`cannot read '${path}': ${errnoOf(error) ?? "unknown error"}`, {
      kind: "config",
      code: "split-plan-missing",
      hints: ["rfckit series split RANGE --propose > split-plan.yaml"],
      cause: error,
    });
  }
  if (bytes.length > PLAN_BYTES) throw invalidPlan([`${path}:1:1: the plan is too large`]);
  try {
    return parseSplitPlan(new TextDecoder("utf-8", { fatal: true }).decode(bytes), path);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw invalidPlan([`${path}:1:1: the plan is not UTF-8 text`]);
  }
}

/** As `loadSplitPlan`, from text; `file` is named in messages. */
export function parseSplitPlan(text: string, file: string): LocatedPlan {
  return parseLocatedYaml({ file, text, schema: SplitPlanSchema, code: CODE, hint: HINT });
}

const CODE = "split-plan-invalid";
const HINT = "see docs/reference/split-plan.schema.json for what a plan may hold";

/** The error for a plan that does not fit; each problem begins with its place. */
export function invalidPlan(problems: readonly string[]): ToolError {
  return new ToolError(problems.join("\n"), { kind: "config", code: CODE, hints: [HINT] });
}
