import { allCommands, type CommandEntry } from "./command-table.ts";

/** What a value is completed with; words that are not here are left to the user. */
const VALUES: readonly (readonly [RegExp, string])[] = [
  [/dir/, "-d"],
  [/file/, "-f"],
];

/** The completion script for bash. */
export function renderBashCompletion(root: CommandEntry): string {
  const all = allCommands(root);
  return `# bash completion of ${root.name}, made from its command table
_${root.name}() {
    local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]}
    local path=${root.name} words files= word
    for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case "$path $word" in
${lines(all.slice(1).map(({ path }) => `            "${path}") path="${path}" ;;`))}
        esac
    done
    case "$path $prev" in
${lines(all.flatMap(valueCases))}
    esac
    case "$path" in
${lines(all.map(wordCase))}
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur"; [ -z "$files" ] || compgen -f -- "$cur")
}
complete -o filenames -F _${root.name} ${root.name}
`;
}

function lines(all: readonly string[]): string {
  return all.join("\n");
}

function valueCases({ path, options }: CommandEntry): string[] {
  return options.flatMap(({ names, value }) => {
    if (value === undefined) return [];
    const kind = VALUES.find(([pattern]) => pattern.test(value))?.[1];
    const reply = kind === undefined ? "COMPREPLY=()" : fill(kind);
    return names.map((name) => `        "${path} ${name}") ${reply}; return ;;`);
  });
}

function fill(kind: string): string {
  return `mapfile -t COMPREPLY < <(compgen ${kind} -- "$cur")`;
}

function wordCase({ path, commands, options, args }: CommandEntry): string {
  const words = [...commands.map(({ name }) => name), ...options.flatMap(({ names }) => names)];
  const files = args.length > 0 ? " files=1" : "";
  return `        "${path}") words="${words.join(" ")}"${files} ;;`;
}
