import { type CFunction, callsIn, endOfNesting, functionsOf } from "./c-functions.ts";

/** What the code of a command does with the memory that its argument points to. */
export interface Accesses {
  /** A function that reads it, and one that writes it; undefined when none is seen. */
  readonly reads?: string;
  readonly writes?: string;
}

/** Functions of uaccess.h, and which of their arguments points to user memory. */
const READS: Readonly<Record<string, number>> = {
  ...{ copy_from_user: 1, __copy_from_user: 1, get_user: 1, __get_user: 1, memdup_user: 0 },
  ...{ copy_struct_from_user: 2, vmemdup_user: 0, memdup_array_user: 0, strndup_user: 0 },
  strncpy_from_user: 1,
};
const WRITES: Readonly<Record<string, number>> = {
  ...{ copy_to_user: 0, __copy_to_user: 0, put_user: 1, __put_user: 1, clear_user: 0 },
  copy_struct_to_user: 0,
};

/** Code that is carried out, with the names that stand for the argument in it. */
interface Code {
  readonly text: string;
  readonly pointers: ReadonlySet<string>;
}

interface Section extends Code {
  readonly commands: readonly string[];
}

type Functions = ReadonlyMap<string, CFunction>;

/**
 * What a file surely does for each command that it has a `case` for. Only what goes through the
 * argument itself counts: a struct may point to more memory, which has its own directions. Nothing
 * is told of code that asks once more for the command, and of functions that commands share.
 */
export function accessesOf(text: string): ReadonlyMap<string, Accesses> {
  const functions = functionsOf(text);
  const sections = [...functions.values()].flatMap(sectionsOf);
  const reached = sections.map((section) => reachedFrom(section, functions));
  const found = sections.flatMap(({ commands, ...own }, at) => {
    const others = reached.filter((_, index) => index !== at);
    const mine = [...(reached[at] ?? [])].filter(([name]) => !others.some((one) => one.has(name)));
    const accesses = accessesIn([own, ...mine.map(([, code]) => code)]);
    return commands.map((command) => [command, accesses] as const);
  });
  return new Map(found);
}

/** The sections of each `switch` over a variable, but those that use it once more. */
function sectionsOf({ params, body }: CFunction): Section[] {
  const given = params.filter((one) => /__user\b|^unsigned long\b/.test(one)).map(nameOf);
  const pointers = withAliases(given, body);
  return [...body.matchAll(/\bswitch\s*\(\s*(\w+)\s*\)\s*\{/g)].flatMap((match) => {
    const start = match.index + match[0].length;
    const asksAgain = new RegExp(`\\b${match[1]}\\b`);
    return splitAtLabels(body.slice(start, endOfNesting(body, start)))
      .filter(({ text }) => !asksAgain.test(text))
      .map((part) => ({ ...part, pointers }));
  });
}

/** The text behind each label, or behind several that follow one another. */
function splitAtLabels(block: string): Pick<Section, "commands" | "text">[] {
  const labels = [...block.matchAll(/\b(?:case\s+([^:;]+?)|default)\s*:/g)].filter(({ index }) =>
    isOutside(block, index),
  );
  let waiting: string[] = [];
  return labels.flatMap((label, at) => {
    const text = block.slice(label.index + label[0].length, labels[at + 1]?.index);
    const commands = [...waiting, label[1] ?? "default"];
    waiting = text.trim() === "" ? commands : [];
    return waiting.length > 0 ? [] : [{ commands, text }];
  });
}

/** True when as many braces were closed as opened before a place. */
function isOutside(block: string, end: number): boolean {
  const before = block.slice(0, end);
  return before.split("{").length === before.split("}").length;
}

/** The functions of the file that a piece of code hands its argument to, directly or not. */
function reachedFrom(start: Code, functions: Functions): Map<string, Code> {
  const found = new Map<string, Code>();
  const waiting = [start];
  for (let code = waiting.pop(); code !== undefined; code = waiting.pop()) {
    for (const { name, args } of callsIn(code.text)) {
      const called = functions.get(name);
      const given = args.flatMap((arg, at) => (isPointer(arg, code) ? [at] : []));
      if (called === undefined || given.length === 0 || found.has(name)) continue;
      const names = given.flatMap((at) => called.params[at] ?? []).map(nameOf);
      const next = { text: called.body, pointers: withAliases(names, called.body) };
      found.set(name, next);
      waiting.push(next);
    }
  }
  return found;
}

function accessesIn(parts: readonly Code[]): Accesses {
  const seen = (places: Readonly<Record<string, number>>): string | undefined =>
    parts
      .flatMap((code) =>
        callsIn(code.text).filter(({ name, args }) => {
          const at = places[name];
          return at !== undefined && isPointer(args[at] ?? "", code);
        }),
      )
      .map(({ name }) => name)[0];
  const [reads, writes] = [seen(READS), seen(WRITES)];
  return { ...(reads === undefined ? {} : { reads }), ...(writes === undefined ? {} : { writes }) };
}

/** The names with those of the variables that are set from them, and from nothing else. */
function withAliases(names: readonly string[], body: string): ReadonlySet<string> {
  const set = [...body.matchAll(/(?<![\w.]|->)(\w+)\s*=(?!=)\s*([^;]+?)\s*;/g)].map(
    ([, name = "", value = ""]) => ({ name, root: rootOf(value) }),
  );
  const all = new Set(names);
  // A variable may be set from one that is set further up.
  for (const { name, root } of set) if (all.has(root)) all.add(name);
  for (const { name, root } of set) if (!all.has(root)) all.delete(name);
  return all;
}

function isPointer(value: string, { pointers }: Code): boolean {
  return pointers.has(rootOf(value));
}

/** The first name of an expression that is neither a cast nor a conversion. */
function rootOf(value: string): string {
  const plain = value.replaceAll(/\([\w\s]*(?:\*[\s*]*|\blong\s*|_t\s*)\)|\bcompat_ptr\b/g, "");
  return /[A-Za-z_]\w*/.exec(plain)?.[0] ?? "";
}

function nameOf(declaration: string): string {
  return /(\w+)(?:\[\w*\])?$/.exec(declaration)?.[1] ?? "";
}
