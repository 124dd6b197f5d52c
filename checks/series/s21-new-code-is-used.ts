import { addedLines, type ChangedFile } from "../../tools/lib/patch/parse-files.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";

/** The start of a function that other files could call: a type at the margin, then the name. */
const GLOBAL =
  /^(?!static\b|return\b|else\b|if\b|typedef\b|#|\/)(?:[a-z_][\w]*[\s*]+)+([a-z_]\w+)\([^;]*$/;
/** Called by the kernel through a table that a macro makes. */
const BY_MACRO = /__init\b|__exit\b|asmlinkage|__visible|__weak/;

/** A function that other files may call has a caller, at the latest with the last patch. */
export const s21NewCodeIsUsed = defineTextRule({
  id: "s21-new-code-is-used",
  title: "a new function that is not static is called somewhere at the end of the series",
  why: "code that nothing runs is neither tested nor reviewed",
  source: "Documentation/process/5.Posting.rst",
  fix: "add the caller, make the function static, or leave it out",
  bad: "int hbf_nobody_calls(void) { ... }",
  good: "static int hbf_check(void), called below",
  cost: "seconds",
  async inSeries({ patches, effects, baseCommit }) {
    const found = patches.flatMap((mail) =>
      mail.parsed.files.flatMap((file) => globals(file).map((one) => ({ mail, file, ...one }))),
    );
    if (found.length === 0) return [];
    const tip = patches.at(-1)?.commit ?? baseCommit;
    const sightings: SightingIn[] = [];
    for (const { mail, line, name } of found) {
      const uses = await effects.searchAt(tip, `\\b${name}\\b`, ["*.c", "*.h", "*.S"]);
      const isUsed = uses.some(({ text }) => !isDeclaration(text, name));
      if (!isUsed) sightings.push({ mail, line, what: `nothing calls '${name}'` });
    }
    return sightings;
  },
});

function globals(file: ChangedFile): { name: string; line: number }[] {
  if (!/^(?!tools\/|samples\/|scripts\/|Documentation\/).*\.c$/.test(file.path)) return [];
  return addedLines(file).flatMap(({ text, line }) => {
    const name = BY_MACRO.test(text) ? undefined : GLOBAL.exec(text)?.[1];
    return name === undefined ? [] : [{ name, line }];
  });
}

/** Its own definition, a prototype, an export, or a word in a comment. */
function isDeclaration(text: string, name: string): boolean {
  if (/^\s*(?:\*|\/\*|\/\/)/.test(text) || /^EXPORT_SYMBOL/.test(text)) return true;
  return new RegExp(`^(?:extern )?[a-z_][\\w\\s*]*[\\s*]${name}\\(`).test(text);
}
