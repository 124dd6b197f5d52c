import type { Command } from "commander";
import { EXIT, type ExitCode, ToolError } from "../../lib/error.ts";
import type { CommandContext, CommandModule } from "../command.ts";

/** `rfckit completion SHELL` and `rfckit man`: what is made from the command table. */
export const completionCommand: CommandModule = {
  verb: "completion",
  register(program, context, act) {
    program
      .command("completion <shell>")
      .description("print the completion script for bash, zsh or fish")
      .action(act((shell: string) => printCompletion(program, shell, context)));
    program
      .command("man")
      .description("print the man page: rfckit man | man -l -")
      .action(act(() => printManPage(program, context)));
  },
};

async function printCompletion(
  program: Command,
  shell: string,
  context: CommandContext,
): Promise<ExitCode> {
  const { readCommandTable } = await import("../help/command-table.ts");
  const { SHELLS } = await import("../help/shells.ts");
  const render = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
  if (render === undefined) {
    throw new ToolError(`there is no completion for '${shell}'`, {
      kind: "user",
      code: "unknown-shell",
      hints: Object.keys(SHELLS).map((name) => `rfckit completion ${name}`),
    });
  }
  context.stdout(render(readCommandTable(program)));
  return EXIT.ready;
}

async function printManPage(program: Command, context: CommandContext): Promise<ExitCode> {
  const { readCommandTable } = await import("../help/command-table.ts");
  const { renderManPage } = await import("../help/man-page.ts");
  context.stdout(renderManPage(readCommandTable(program)));
  return EXIT.ready;
}
