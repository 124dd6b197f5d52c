import { evaluate } from "./const-expression.ts";
import type { FileChange } from "./overlay.ts";

/** What the C or Kconfig files of a series give a name. */
export interface DefinedValue {
  /** As it is written there; of a symbol of Kconfig its default. */
  readonly text: string;
  /** The number that it comes to; undefined for what is no number. */
  readonly number: bigint | undefined;
  /** Path from the top, and 1-based line. */
  readonly file: string;
  readonly line: number;
}

interface Definition extends Omit<DefinedValue, "number"> {
  readonly name: string;
}

const DEFINE = /^[ \t]*#[ \t]*define[ \t]+([A-Za-z_]\w*)[ \t]+((?:[^\\\n]|\\\n)+)$/gm;
const QUALIFIERS = "(?:static\\s+)?(?:(?:const|unsigned|signed|volatile)\\s+)*";
const WHOLE_NUMBER = "(?:int|long|short|char|bool|size_t|(?:__)?[us](?:8|16|32|64))";
const VARIABLE = new RegExp(
  `^${QUALIFIERS}${WHOLE_NUMBER}\\s+(?:long\\s+|int\\s+)*([a-z_]\\w*)\\s*(?:__\\w+\\s*)*` +
    "=\\s*([^;{}\\n]+);",
  "gm",
);
const ENUM = /\benum\b[^;{}()]*\{([^{}]*)\}/g;
const COMMENT = /\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
const SYMBOL = /^(?:menu)?config[ \t]+(\w+)[ \t]*\n((?:[ \t]+[^\n]*\n|[ \t]*\n)*)/gm;

/**
 * The constants, file-wide variables and defaults of Kconfig that the files of a series define, by
 * their names; symbols of Kconfig begin with `CONFIG_`. A name that two of them define in different
 * ways is left out.
 */
export function findDefinedValues(
  changes: readonly FileChange[],
): ReadonlyMap<string, DefinedValue> {
  const found = changes.flatMap(({ path, after }): Definition[] => {
    if (after === undefined) return [];
    if (/(?:^|\/)Kconfig[^/]*$/.test(path)) return ofKconfig(path, after);
    return /\.[ch]$/.test(path) ? ofSource(path, after) : [];
  });
  const unique = new Map<string, Definition | undefined>();
  for (const definition of found) {
    const other = unique.get(definition.name);
    const isSame = other === undefined || other.text === definition.text;
    if (!unique.has(definition.name)) unique.set(definition.name, definition);
    else if (!isSame) unique.set(definition.name, undefined);
  }
  const numberOf = (name: string, depth: number): bigint | undefined => {
    const text = depth > 20 ? undefined : unique.get(name)?.text;
    return text === undefined ? undefined : evaluate(text, (it) => numberOf(it, depth + 1));
  };
  const values = new Map<string, DefinedValue>();
  for (const [name, definition] of unique) {
    if (definition === undefined) continue;
    const { text, file, line } = definition;
    values.set(name, { text, number: numberOf(name, 0), file, line });
  }
  return values;
}

function lineAt(source: string, index: number): number {
  return source.slice(0, index).split("\n").length;
}

function ofSource(file: string, text: string): Definition[] {
  const source = text.replace(COMMENT, (it) => it.replace(/[^\n]/g, " "));
  const plain = [...source.matchAll(DEFINE), ...source.matchAll(VARIABLE)].map((match) => {
    const [, name = "", value = ""] = match;
    const line = lineAt(source, match.index);
    return { name, text: value.replace(/\\\n/g, " ").trim(), file, line };
  });
  return [...plain, ...[...source.matchAll(ENUM)].flatMap((match) => ofEnum(file, source, match))];
}

function ofEnum(file: string, source: string, match: RegExpExecArray): Definition[] {
  const body = match[1] ?? "";
  const start = match.index + match[0].length - 1 - body.length;
  let [base, step] = ["0", 0];
  return [...body.matchAll(/([A-Za-z_]\w*)\s*(?:=\s*([^,]+))?\s*(?:,|$)/g)].map((entry) => {
    const [, name = "", given] = entry;
    if (given !== undefined) [base, step] = [given.trim(), 0];
    const text = step === 0 ? base : `(${base}) + ${step}`;
    step++;
    return { name, text, file, line: lineAt(source, start + entry.index) };
  });
}

/** Only what does not depend on other symbols: a bool without a default is off. */
function ofKconfig(file: string, source: string): Definition[] {
  return [...source.matchAll(SYMBOL)].flatMap((match) => {
    const [, name = "", body = ""] = match;
    const options = body.split(/^[ \t]*help\b/m)[0] ?? "";
    const defaults = [...options.matchAll(/^[ \t]*(?:default|def_bool|def_tristate)[ \t]+(.*)$/gm)];
    const isSwitch = /^[ \t]*(?:bool|tristate)\b/m.test(options);
    const text = defaults.length === 0 && isSwitch ? "n" : defaults[0]?.[1]?.trim();
    const isPlain = defaults.length <= 1 && /^(?:[ynm]|-?\d+|0x[\da-fA-F]+)$/.test(text ?? "");
    if (text === undefined || !isPlain) return [];
    return [{ name: `CONFIG_${name}`, text, file, line: lineAt(source, match.index) }];
  });
}
