import { allCommands, type CommandEntry, type OptionEntry } from "./command-table.ts";

/** The completion script for zsh: a function for each command, in the manner of _git. */
export function renderZshCompletion(root: CommandEntry): string {
  return `#compdef ${root.name}
# zsh completion of ${root.name}, made from its command table
${allCommands(root).map(renderFunction).join("\n")}
if [ "$funcstack[1]" = "_${root.name}" ]; then
  _${root.name} "$@"
else
  compdef _${root.name} ${root.name}
fi
`;
}

function functionOf({ path }: CommandEntry): string {
  return `_${path.replaceAll(/[ -]/g, "_")}`;
}

function renderFunction(entry: CommandEntry): string {
  const { commands, options, args } = entry;
  const specs = options.flatMap(specsOf);
  const rest = args.length > 0 ? ["'*:file:_files'"] : [];
  if (commands.length === 0) {
    return `${functionOf(entry)}() {\n  _arguments ${[...specs, ...rest].join(" \\\n    ")}\n}`;
  }
  const states = [...specs, "'1: :->command'", "'*:: :->rest'"];
  const list = commands.map(({ name, description }) => `      ${quote(`${name}:${description}`)}`);
  const cases = commands.map((child) => `        ${child.name}) ${functionOf(child)} ;;`);
  return `${functionOf(entry)}() {
  local state line
  local -a commands
  _arguments -C ${states.join(" \\\n    ")}
  case $state in
    command)
      commands=(
${list.join("\n")}
      )
      _describe command commands ;;
    rest)
      case $line[1] in
${cases.join("\n")}
      esac ;;
  esac
}`;
}

function specsOf({ names, description, value }: OptionEntry): string[] {
  const text = description.replaceAll("[", "\\[").replaceAll("]", "\\]").replaceAll(":", "\\:");
  const action = value === undefined ? "" : `:${value.replaceAll(":", " ")}:${actionOf(value)}`;
  return names.map((name) => quote(`*${name}[${text}]${action}`));
}

function actionOf(value: string): string {
  if (value.includes("dir")) return "_files -/";
  return value.includes("file") ? "_files" : " ";
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
