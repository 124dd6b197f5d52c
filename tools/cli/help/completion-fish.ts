import { allCommands, type CommandEntry, type OptionEntry } from "./command-table.ts";

/** The completion script for fish. */
export function renderFishCompletion(root: CommandEntry): string {
  const lines = allCommands(root).flatMap((entry) => commandLines(entry, root));
  return `# fish completion of ${root.name}, made from its command table
function __${root.name}_at
    set -l words (commandline -opc)
    set -l path
    for word in $words[2..]
        string match -q -- '-*' $word; or set path $path $word
    end
    test "$path" = "$argv"
end
complete -c ${root.name} -f
${lines.join("\n")}
`;
}

function commandLines(entry: CommandEntry, root: CommandEntry): string[] {
  const { commands, options, args, path } = entry;
  const below = path.split(" ").slice(1);
  const at = `complete -c ${root.name} -n ${quote(`__${root.name}_at ${below.join(" ")}`.trim())}`;
  const depth = below.length === 0 ? at : under(root.name, below);
  return [
    ...commands.map(({ name, description }) => `${at} -a ${name} -d ${quote(description)}`),
    ...options.map((option) => `${depth} ${optionWords(option)}`),
    ...(args.length > 0 ? [`${depth} -F`] : []),
  ];
}

/** Options and files come after the words of their command, however many words follow. */
function under(name: string, words: readonly string[]): string {
  const seen = words.map((word) => `__fish_seen_subcommand_from ${word}`).join("; and ");
  return `complete -c ${name} -n ${quote(seen)}`;
}

function optionWords({ names, description, value }: OptionEntry): string {
  const spelled = names.map((name) =>
    name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
  );
  const kind = value === undefined ? [] : /file|dir/.test(value) ? ["-r", "-F"] : ["-x"];
  return [...spelled, ...kind, "-d", quote(description)].join(" ");
}

function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
