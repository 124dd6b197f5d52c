import { EXIT, type ExitCode, ToolError } from "../../lib/error.ts";
import type { CommandContext, CommandModule } from "../command.ts";

/** `rfckit explain`: what a check looks for, why, and what to do about a finding. */
export const explainCommand: CommandModule = {
  verb: "explain",
  register(program, context, act) {
    program
      .command("explain [id]")
      .description("print the page of a check, by id or by its row such as m15; none: all ids")
      .action(act((id: string | undefined) => explain(id, context)));
  },
};

async function explain(id: string | undefined, context: CommandContext): Promise<ExitCode> {
  const { CHECKS } = await import("../../../checks/registry.ts");
  if (id === undefined) {
    for (const check of CHECKS) context.stdout(`${check.id}\t${check.title}\n`);
    return EXIT.ready;
  }
  const { renderCheckPage } = await import("../../../checks/render-page.ts");
  // A finding's id may go on behind a slash: `t01-checkpatch/SPACING`.
  const wanted = id.toLowerCase().replace(/\/.*$/, "");
  const check = CHECKS.find((one) => one.id === wanted || one.id.startsWith(`${wanted}-`));
  if (check === undefined) {
    throw new ToolError(`there is no check '${id}'`, {
      kind: "user",
      code: "unknown-check",
      hints: [
        "rfckit explain   (lists all ids)",
        "docs/design/0030-gate-rows.md says where a rule that is no check is held",
      ],
    });
  }
  context.stdout(renderCheckPage(check));
  return EXIT.ready;
}
