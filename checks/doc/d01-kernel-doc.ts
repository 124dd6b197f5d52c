import type { ToolMessage } from "../../tools/lib/build/tool-messages.ts";
import { newMessages, readToolMessages } from "../../tools/lib/build/tool-messages.ts";
import type { ReviewContext } from "../context.ts";
import { changedSources, lineOfSource, parentOf } from "../static/changed-sources.ts";
import { type FileVersions, readVersions } from "../static/file-versions.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";

const SOURCES = /\.[ch]$/;
const SCRIPT = "scripts/kernel-doc";
const ARGS = ["-none", "-Wall"];
/** A parameter that the comment does not have. */
const CONTROL = `/**
 * rfckit_control() - carry a seeded defect
 * @a: words
 */
void rfckit_control(int a, int b)
{
}
`;

/** kernel-doc comments say what the code below them has. */
export const d01KernelDoc = defineTextRule({
  id: "d01-kernel-doc",
  title: "scripts/kernel-doc says nothing new of the files that a patch changes",
  why: "a parameter that is not described, or no longer there, misleads whoever reads the docs",
  source: "Documentation/doc-guide/kernel-doc.rst",
  fix: "describe every parameter and the return value, or begin the comment with /*",
  bad: "a parameter without its line: * @nid:",
  good: " * @nid: node to move the pages to",
  cost: "seconds",
  facts: async () => [CONTROL],
  async settle({ effects }) {
    const files = { "mm/rfckit_control.c": CONTROL };
    const { stdout, stderr } = await effects.runScript({ script: SCRIPT, args: ARGS, files });
    if (/'b' not described/.test(stdout + stderr)) return undefined;
    return { kind: "not-run", missing: `${SCRIPT} finds no seeded defect`, howToGet: "perl" };
  },
  async inSeries(context) {
    const versions = await readVersions(context, SOURCES, (text) => text.includes("/**"));
    const all = await messagesOf(versions.files, context);
    const found: SightingIn[] = [];
    for (const [at, mail] of context.patches.entries()) {
      const messagesAt = (commit: string): ToolMessage[] =>
        changedSources(mail, SOURCES).flatMap(({ path }) => {
          const name = versions.nameAt(commit, path);
          return all.filter((one) => one.path === name).map((one) => ({ ...one, path }));
        });
      const before = messagesAt(parentOf(context, at));
      for (const { path, line, text } of newMessages(before, messagesAt(mail.commit))) {
        const what = `${path}:${line}: ${text}`;
        found.push({ mail, line: lineOfSource(mail, path, line), what });
      }
    }
    return found;
  },
});

/**
 * Problem: of several files in one call the script counts the lines of all but the first wrongly,
 * so that each is given to a process of its own.
 */
async function messagesOf(
  files: FileVersions["files"],
  { effects }: ReviewContext,
): Promise<ToolMessage[]> {
  const messages: ToolMessage[] = [];
  for (const [name, text] of Object.entries(files)) {
    const call = { script: SCRIPT, args: ARGS, files: { [name]: text } };
    const { stdout, stderr } = await effects.runScript(call);
    messages.push(...readToolMessages(`${stdout}\n${stderr}`, "/tree"));
  }
  // The script names the line that ends a prototype; for a function that is its brace.
  return messages.map((message) => {
    const text = files[message.path]?.split("\n")[message.line - 1];
    return text === "{" ? { ...message, line: message.line - 1 } : message;
  });
}
