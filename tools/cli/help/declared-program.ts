import { Command } from "commander";
import type { Act, CommandContext } from "../command.ts";
import { COMMANDS } from "../commands/index.ts";

/** Options that each command has. */
const COMMON = ["--help", "--version"];

/** The command line as it is declared; no action can run. */
export function declaredProgram(): Command {
  const program = new Command("rfckit");
  const silent = (): void => {};
  const context: CommandContext = {
    stdout: silent,
    stderr: silent,
    env: {},
    cwd: "/",
    projectDir: "/",
    packageDir: "/",
    version: "0",
    signal: new AbortController().signal,
  };
  const act: Act = () => async () => {};
  for (const command of COMMANDS) command.register(program, context, act);
  return program;
}

/**
 * What is wrong with a command line of rfckit that a document shows, or undefined.
 *
 * @param words - the words after `rfckit`; those of a shell (`|`, `#`, `)`) end it
 */
export function faultOfCommandLine(program: Command, words: readonly string[]): string | undefined {
  let at = program;
  for (const word of words) {
    if (/^[|#&;>)]/.test(word)) return undefined;
    if (word.startsWith("--")) {
      const [name = ""] = word.split(/[=)]/);
      const known = at.options.some((option) => option.long === name) || COMMON.includes(name);
      if (!known) return `'${at.name()}' has no option '${name}'`;
    } else if (at.commands.length > 0) {
      const next = at.commands.find((command) => command.name() === word);
      if (next === undefined) return `'${at.name()}' has no command '${word}'`;
      at = next;
    }
  }
  return undefined;
}

/** The words after each `rfckit` that is used as a command in a line of code. */
export function rfckitCalls(code: string): string[][] {
  return [...code.matchAll(/(?:^|[\s("])rfckit((?: +[^\s"]+)+)/g)].map((match) =>
    (match[1] ?? "").trim().split(/ +/),
  );
}
