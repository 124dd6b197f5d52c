import { type DocNode, visit } from "../doc-file.ts";
import type { DocFinding, DocRule } from "../doc-rule.ts";

const NPM_RUN = /(?<![\w/-])npm run(?: --silent)? ([\w:-]+)/g;
const SHELLS: readonly string[] = ["sh", "bash", "shell", "console"];

/** A command in a block or in backquotes that the project does not have. */
export const unknownCommand: DocRule = {
  id: "unknown-command",
  severity: "error",
  kinds: ["md"],
  title: "npm scripts that the text names are in package.json, and rfckit has what it is given",
  why: "who types the command gets an error",
  source: "project",
  examples: [
    { text: "```sh\nnpm run build\n```\n\n`npm run build`\n", finds: [] },
    { text: "```sh\ncd x\nnpm run gone\n```\n", finds: ["3:1"] },
    { text: "Type `npm run gone`.\n", finds: ["1:7"] },
    { text: "```sh\nnpx rfckit gone\n```\n", finds: ["1:1"] },
  ].map((example) => ({ ...example, path: "a.md" })),
  check(file, { scripts, commandFaults }) {
    const found: DocFinding[] = [];
    visit(file.root, (node: DocNode) => {
      const { lang } = node as DocNode & { readonly lang?: string | null };
      const isCode = node.type === "inlineCode" || (node.type === "code" && isShell(lang));
      if (!isCode || node.position === undefined) return;
      const { start, end } = node.position;
      for (const line of (node.value ?? "").split("\n")) {
        for (const what of commandFaults?.(line) ?? []) found.push({ at: start.offset, what });
      }
      if (scripts === undefined) return;
      for (const match of file.source.slice(start.offset, end.offset).matchAll(NPM_RUN)) {
        const [, name = ""] = match;
        if (scripts.has(name)) continue;
        found.push({ at: start.offset + match.index, what: `there is no script '${name}'` });
      }
    });
    return found;
  },
};

function isShell(language: string | null | undefined): boolean {
  return language !== undefined && language !== null && SHELLS.includes(language);
}
