import type { Command, Option } from "commander";

/** One option of a command as help, completion and man pages show it. */
export interface OptionEntry {
  /** As `--help` writes it, such as `--tree <dir>`. */
  readonly flags: string;
  /** Every spelling, such as `-h` and `--help`. */
  readonly names: readonly string[];
  readonly description: string;
  /** What its value is: a word that stands in `<...>`; undefined for a switch. */
  readonly value: string | undefined;
}

/** A command of the command line, and those below it. */
export interface CommandEntry {
  /** `rfckit`, `series`, `apply`. */
  readonly name: string;
  /** With those above it: `rfckit series apply`. */
  readonly path: string;
  readonly description: string;
  /** Such as `[file...]`. */
  readonly args: readonly string[];
  readonly options: readonly OptionEntry[];
  readonly commands: readonly CommandEntry[];
}

/** Reads the declared command line, which completion and man pages are made from. */
export function readCommandTable(command: Command, above = ""): CommandEntry {
  const path = above === "" ? command.name() : `${above} ${command.name()}`;
  const help = { flags: "-h, --help", names: ["-h", "--help"], description: "show help" };
  return {
    name: command.name(),
    path,
    description: command.description(),
    args: command.registeredArguments.map((argument) => {
      const word = `${argument.name()}${argument.variadic ? "..." : ""}`;
      return argument.required ? `<${word}>` : `[${word}]`;
    }),
    options: [...command.options.map(readOption), { ...help, value: undefined }],
    commands: command.commands.map((child) => readCommandTable(child, path)),
  };
}

/** A command and all below it, depth first. */
export function allCommands(entry: CommandEntry): CommandEntry[] {
  return [entry, ...entry.commands.flatMap(allCommands)];
}

function readOption({ flags, short, long, description }: Option): OptionEntry {
  const names = [short, long].flatMap((name) => name ?? []);
  return { flags, names, description, value: /[<[]([^\]>]+)[\]>]/.exec(flags)?.[1] };
}
