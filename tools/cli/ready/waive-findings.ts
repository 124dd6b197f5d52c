import type { GateEntry } from "../../../checks/run-gate.ts";
import { addWaivers } from "../../lib/config/add-waiver.ts";
import type { SeriesWaiver } from "../../lib/config/series-schema.ts";
import { ToolError } from "../../lib/error.ts";
import { readUserIdentity } from "../../lib/series/sign-off.ts";
import type { CommandContext } from "../command.ts";
import type { GateInput } from "./gate-input.ts";

export interface WaiveRequest {
  readonly input: GateInput;
  readonly reason: string;
  readonly context: CommandContext;
}

/**
 * Writes waivers for the findings of a check into `patches/series.yaml`, with the user's git
 * identity as the one who answers for them: one for each kind of finding, such as a type of
 * checkpatch.
 *
 * @returns the waivers as they are now
 * @throws ToolError (user) `nothing-to-waive`, `no-stage`, `no-git-identity`
 */
export async function waiveFindings(
  { check, result }: GateEntry,
  { input, reason, context }: WaiveRequest,
): Promise<GateInput["waivers"]> {
  if (input.origin !== "stage") {
    throw refuse("no-stage", "only the findings of a stage can be waived", "rfckit ready --stage");
  }
  if (result.verdict.kind !== "fail") {
    throw refuse("nothing-to-waive", `'${check.id}' has no findings`, "choose a check that fails");
  }
  const { name, email } = await readUserIdentity(context.cwd, context.signal);
  const kinds = result.diagnostics.map(({ id }) => id.slice(check.id.length + 1));
  const waivers = [...new Set(kinds)].map((type): SeriesWaiver => {
    const waiver = { check: check.id, reason, who: `${name} <${email}>` };
    return type === "" ? waiver : { ...waiver, type };
  });
  return (await addWaivers(context.projectDir, waivers)).waivers;
}

function refuse(code: string, message: string, hint: string): ToolError {
  return new ToolError(message, { kind: "user", code, hints: [hint] });
}
