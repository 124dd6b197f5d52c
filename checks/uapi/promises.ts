import type { Expressions, Facts } from "../../tools/lib/uapi/header-compiler.ts";
import { parseStructs, type Struct } from "./parse-header.ts";

/** What a header gives to programs, and how a compiler is asked for it. */
export interface Promised {
  /** Of the constant or the struct. */
  readonly name: string;
  /** Of all that one change would break together: only the first is told. */
  readonly group: string;
  /** What is asked for, in words. */
  readonly key: string;
  readonly expression: string;
  /** Finds the line of the new header to blame. */
  readonly line: RegExp;
  /** What it may become, beside what it was. */
  readonly allows?: (before: bigint, after: bigint) => boolean;
}

/** A promise that was broken. */
export interface Loss extends Pick<Promised, "name"> {
  readonly what: string;
  /** The line of the new header to blame, if there is one. */
  readonly text?: string | undefined;
}

const COMMENT = /\/\*[\s\S]*?\*\//g;
/** Names that are there to grow, or to be given away. */
const BOUND = /(?:^|_)(?:MAX|END|LAST|COUNT|CNT|NUM|NR|ALL|MASK|VALID|VERSION)(?:_|$)|^__/;
const SPARE = /pad|resv|reserved|unused|spare/i;

/** The constants and struct members of a header that must stay as they are. */
export function promisesOf(text: string): Promised[] {
  const lines = text.split("\n").map((one, at) => ({ text: one, line: at + 1 }));
  return [...constantsOf(text), ...parseStructs(lines).flatMap(layoutOf)];
}

/** The expressions of promises, by their words. */
export function expressionsOf(promises: readonly Promised[]): Expressions {
  return Object.fromEntries(promises.map(({ key, expression }) => [key, expression]));
}

/** Which promises a new header breaks as a compiler sees it, the first of each group. */
export function brokenPromises(
  promises: readonly Promised[],
  [before, after]: readonly [Facts, Facts],
  newText: string,
): Loss[] {
  const lines = newText.split("\n");
  const groups = new Set<string>();
  return promises.flatMap(({ name, group, key, line, allows }): Loss[] => {
    const [was, is] = [before[key], after[key]];
    if (was === undefined || is === was || groups.has(group)) return [];
    if (is !== undefined && allows?.(was, is) === true) return [];
    groups.add(group);
    const now = is === undefined ? "gone" : String(is);
    const text = lines.find((one) => line.test(one));
    return [{ name, what: `${key} was ${was} and is ${now}`, text }];
  });
}

function constantsOf(text: string): Promised[] {
  const code = text.replaceAll(COMMENT, " ");
  const defines = [...code.matchAll(/^[ \t]*#[ \t]*define[ \t]+(\w+)[ \t]+(\S[^\n]*)/gm)].flatMap(
    ([, name = "", value = ""]) => (isExpression(value) ? [{ name, group: name }] : []),
  );
  const members = [...code.matchAll(/\benum\b[^{};()]*\{([^}]*)\}/g)].flatMap(([, body = ""], at) =>
    body
      .replaceAll(/^\s*#.*$/gm, "")
      .split(",")
      .flatMap((one) => /^\s*(\w+)/.exec(one)?.[1] ?? [])
      .map((name) => ({ name, group: `enum ${at}` })),
  );
  return [...defines, ...members]
    .filter(({ name }) => !BOUND.test(name))
    .map(({ name, group }) => ({
      ...{ name, group, expression: name, key: `'${name}'` },
      line: new RegExp(`^\\s*(?:#\\s*define\\s+)?${name}\\b`),
    }));
}

/** Words of an attribute, a brace or half a bracket are no value. */
function isExpression(value: string): boolean {
  return !/[{}";]|__attribute/.test(value) && value.split("(").length === value.split(")").length;
}

function layoutOf({ kind, name, members }: Struct): Promised[] {
  const type = `${kind} ${name}`;
  const head = new RegExp(`^${type}\\b`);
  const own = members
    .filter((one) => !one.isBitfield && !SPARE.test(one.name))
    .flatMap((member): Promised[] => {
      const at = `((${type} *)0)->${member.name}`;
      const line = new RegExp(`\\b${member.name}\\b[^,(]*;`);
      const ask = (words: string, expression: string): Promised => {
        return {
          name,
          group: type,
          key: `${words} of '${member.name}' in '${type}'`,
          ...{ line, expression },
        };
      };
      return [
        ask("the offset", `__builtin_offsetof(${type}, ${member.name})`),
        ...(member.isFlexible ? [] : [ask("the size", `sizeof(${at})`)]),
        ask("the sign", `(__typeof__(${at}))-1 < 0`),
      ];
    });
  const size = { name, group: type, key: `the size of '${type}'`, expression: `sizeof(${type})` };
  return [...own, { ...size, line: head, allows: (before, after) => after > before }];
}
