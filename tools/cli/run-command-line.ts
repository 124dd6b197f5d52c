import { Command, CommanderError } from "commander";
import { EXIT, type ExitCode } from "../lib/error.ts";
import type { Act, CommandContext } from "./command.ts";
import { COMMANDS } from "./commands/index.ts";
import { reportError } from "./report-error.ts";

const EPILOGUE = `
Exit codes: 0 ready, 1 findings, 2 usage or configuration, 3 infrastructure failed,
4 could not run, 70 a defect of rfckit, 130 and 143 ended by a signal.
rfckit never sends mail.`;

/** Parses a command line, runs its verb and gives the exit code; never throws. */
export async function runCommandLine(
  argv: readonly string[],
  context: CommandContext,
): Promise<ExitCode> {
  let code: ExitCode = EXIT.ready;
  const act: Act =
    (body) =>
    async (...args) => {
      code = await body(...args);
    };
  try {
    await createProgram(context, act).parseAsync([...argv], { from: "user" });
    return code;
  } catch (error) {
    if (context.signal.aborted) {
      context.stderr(
        "rfckit: interrupted; nothing is half-written, the same command starts again\n",
      );
      return EXIT.interrupted;
    }
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ready : EXIT.usage;
    return reportError(error, context.stderr);
  }
}

function createProgram(context: CommandContext, act: Act): Command {
  const program = new Command("rfckit")
    .description("Author, check and verify a kernel RFC series; never sends mail.")
    .version(context.version)
    .addHelpText("after", EPILOGUE);
  settle(program, context);
  for (const command of COMMANDS) command.register(program, context, act);
  for (const command of allCommands(program)) settle(command, context);
  return program;
}

/** Makes a command throw instead of exiting, and name the next step after a usage error. */
function settle(command: Command, context: CommandContext): void {
  command
    .exitOverride()
    .showHelpAfterError(`  try: rfckit ${pathOf(command)}--help`)
    .configureOutput({ writeOut: context.stdout, writeErr: context.stderr });
}

function* allCommands(command: Command): Generator<Command> {
  for (const child of command.commands) {
    yield child;
    yield* allCommands(child);
  }
}

function pathOf(command: Command): string {
  const names: string[] = [];
  for (let at = command; at.parent !== null; at = at.parent) names.unshift(at.name());
  return names.map((name) => `${name} `).join("");
}
