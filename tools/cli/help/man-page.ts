import { EXIT } from "../../lib/error.ts";
import { allCommands, type CommandEntry } from "./command-table.ts";

/** What each exit code means, in the words of the man pages and of `--help`. */
export const EXIT_MEANINGS: Readonly<Record<keyof typeof EXIT, string>> = {
  ready: "ready, or done",
  findings: "findings",
  usage: "wrong use or configuration",
  infra: "the infrastructure failed: a full disk, a program that hangs",
  couldNotRun: "could not run: something is missing, and the message says what",
  internal: "a defect of rfckit",
  bisectSkip: "with --bisect: this commit could not be judged, and git bisect run skips it",
  interrupted: "interrupted (SIGINT)",
  terminated: "terminated (SIGTERM, SIGHUP)",
};

/** The man page of the program, in man(7), with a section for each command. */
export function renderManPage(root: CommandEntry): string {
  const [, ...commands] = allCommands(root);
  return [
    `.TH ${root.name.toUpperCase()} 1 "" ${root.name}`,
    ".SH NAME",
    `${roff(root.name)} \\- ${roff(lowerFirst(root.description.replace(/\.$/, "")))}`,
    ".SH SYNOPSIS",
    ...commands
      .filter((entry) => entry.commands.length === 0)
      .flatMap(({ path, args }, at) => [
        ...(at === 0 ? [] : [".br"]),
        `.B ${roff(path)}`,
        roff(["[options]", ...args].join(" ")),
      ]),
    ".SH COMMANDS",
    ...commands.flatMap(renderCommand),
    ".SH EXIT STATUS",
    ...Object.entries(EXIT).flatMap(([name, code]) => [
      ".TP",
      `.B ${code}`,
      fill(EXIT_MEANINGS[name as keyof typeof EXIT]),
    ]),
    ".SH ENVIRONMENT",
    ...[
      ["KERNEL_TREE", "the kernel git tree when --tree is not given"],
      ["XDG_CACHE_HOME", "where the cache is; ~/.cache when it is not set"],
      ["NO_COLOR", "when it is set and not empty, the screen has no colour"],
      ["CI", "when it is set, no screen is drawn"],
      ["GITHUB_STEP_SUMMARY", "the file that --format github puts the whole report into"],
    ].flatMap(([name = "", text = ""]) => [".TP", `.B ${roff(name)}`, fill(text)]),
    ".SH NOTES",
    `${roff(root.name)} never sends mail.`,
    "",
  ].join("\n");
}

function renderCommand({ path, args, description, options, commands }: CommandEntry): string[] {
  if (commands.length > 0) return [];
  return [
    `.SS ${roff([path, ...args].join(" "))}`,
    fill(sentence(description)),
    ...options.flatMap((option) => [".TP", `.B ${roff(option.flags)}`, fill(option.description)]),
  ];
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, "")}.`;
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

/** Text of several words, in lines that fit the narrowest terminal. */
function fill(text: string): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line === "") lines[lines.length - 1] = word;
    else if (line.length + word.length < WIDTH) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.map(roff).join("\n");
}

/** With room for what roff() adds. */
const WIDTH = 64;

/** A line that begins with a dot or a quote would be a request. */
function roff(text: string): string {
  const plain = text.replaceAll("\\", "\\e").replaceAll("-", "\\-");
  return /^[.']/.test(plain) ? `\\&${plain}` : plain;
}
