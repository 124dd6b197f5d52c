import { type DocNode, visitTypes } from "../doc-file.ts";
import type { DocFinding, DocRule } from "../doc-rule.ts";
import type { RstNode } from "../rst/tree.ts";

const PAIRS: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };
/** Text, comments, characters and preprocessor lines of C, which may hold any bracket. */
const NOT_CODE =
  /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\*[\s\S]*?\*\/|\/\/[^\n]*|^[ \t]*#.*$/gm;

/** A code sample that no compiler or parser would take. */
export const codeSample: DocRule = {
  id: "code-sample",
  severity: "warning",
  kinds: ["rst", "md"],
  title: "samples of C have matching brackets, samples of JSON can be parsed",
  why: "samples are copied, and one that is cut short does not build",
  source: "project",
  examples: [
    { text: ".. code-block:: c\n\n   if (a[1]) { b('{'); }\n", finds: [] },
    { text: ".. code-block:: c\n\n   if (a) {\n      b(1;\n   }\n", finds: ["1:1"] },
    { text: ".. code-block:: c\n\n   int f(void)\n   {\n      ...\n", finds: [] },
    { text: '```json\n{ "a": 1, }\n```\n', finds: ["1:1"], path: "a.md" },
  ],
  check(file) {
    const found: DocFinding[] = [];
    visitTypes(file, ["directive", "code"], (node) => {
      const language = languageOf(node);
      if (node.value === undefined || node.position === undefined) return;
      const at = node.position.start.offset;
      if (language === "c") {
        const wrong = findMismatch(node.value);
        if (wrong !== undefined) found.push({ at, what: `the sample of C has ${wrong}` });
      } else if (language === "json" && !isJson(node.value)) {
        found.push({ at, what: "the sample of JSON cannot be parsed" });
      }
    });
    return found;
  },
};

function languageOf(node: DocNode): string | undefined {
  const { name = "", arguments: words = [] } = node as RstNode;
  if (node.type === "code") return (node as DocNode & { readonly lang?: string | null }).lang ?? "";
  const isCode = node.type === "directive" && /^(?:code-block|code|sourcecode)$/.test(name);
  return isCode ? words[0] : undefined;
}

/** A bracket that closes another one; what is left open may be cut short on purpose. */
function findMismatch(code: string): string | undefined {
  const open: string[] = [];
  for (const bracket of code.replace(NOT_CODE, "").match(/[()[\]{}]/g) ?? []) {
    const wanted = PAIRS[bracket];
    if (wanted === undefined) open.push(bracket);
    else if (open.length > 0 && open.at(-1) !== wanted) {
      return `a '${bracket}' that closes a '${open.at(-1)}'`;
    } else open.pop();
  }
  return undefined;
}

function isJson(text: string): boolean {
  // An ellipsis says that something is left out.
  if (/\.\.\.|…/.test(text)) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
