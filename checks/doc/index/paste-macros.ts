/** A macro that makes names with `##`, or calls one that does. */
export interface PasteMacro {
  readonly params: readonly string[];
  readonly isVariadic: boolean;
  /** What of its body makes names: pasted words, and calls of macros. */
  readonly pieces: readonly string[];
}

export type PasteMacros = Map<string, PasteMacro[]>;

/** A line, up to its end or the backslash that joins the next one. */
const LINE = "(?:[^\\\\\\n]|\\\\[^\\n])*";
const DEFINE = new RegExp(
  `^[ \\t]*#[ \\t]*define[ \\t]+(\\w+)\\(([^()]*)\\)(${LINE}(?:\\\\\\n${LINE})*)`,
  "gm",
);
const PASTED = /\w+(?:[ \t]*##[ \t]*\w+)+|(?:##[ \t]*)\w+/g;
const CALL = /\b[A-Za-z_]\w+\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g;

/**
 * Adds the macros of a source text that make names: those with `##`, and those that hand a
 * parameter on to one of these.
 */
export function collectPasteMacros(text: string, macros: PasteMacros): void {
  for (const match of text.matchAll(DEFINE)) {
    const [, name = "", list = "", rest = ""] = match;
    const body = rest.replaceAll("\\\n", " ");
    const params = list.split(",").map((param) => param.trim().replace(/\.\.\.$/, ""));
    const isVariadic = list.trimEnd().endsWith("...");
    if (isVariadic && params.at(-1) === "") params[params.length - 1] = "__VA_ARGS__";
    const pasted = body.match(PASTED) ?? [];
    const calls = (body.match(CALL) ?? []).filter((call) => !call.startsWith(`${name}(`));
    const pieces = [...new Set([...pasted, ...calls])];
    if (pieces.length === 0) continue;
    const same = macros.get(name) ?? [];
    // Each architecture may have a form of its own; more than these are not one macro any more.
    if (same.length < 6) same.push({ params, isVariadic, pieces });
    macros.set(name, same);
  }
}
