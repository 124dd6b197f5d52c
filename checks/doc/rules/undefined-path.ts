import { posix } from "node:path";
import type { DocRule } from "../doc-rule.ts";
import { findMentions } from "../mentions.ts";

/** Top directories whose files are named with their path. */
const TOPS =
  "arch|block|certs|crypto|drivers|fs|include|init|io_uring|ipc|kernel|lib|mm|net|rust|samples|" +
  "scripts|security|sound|tools|usr|virt";
const DOCUMENT = /(?<![\w/.-])Documentation\/[\w./+-]+\.(?:rst|txt|yaml)(?![\w*{[<?-])/g;
const SOURCE = new RegExp(`(?<![\\w/.<-])(?:${TOPS})/[\\w./+-]+\\.[chS](?![\\w*{\\[<?-])`, "g");

/** From the document's own folder, which Sphinx makes a link of as well. */
const RELATIVE = /(?<![\w/.<-])(?:\.\.\/)+[\w/-]+\.(?:rst|txt)(?![\w*{[<?-])/g;

/** What no name of a file that is looked for is without. */
const MARKS: readonly string[] = ["Documentation/", "../", ".c", ".h", ".S"];

const INCLUDED_FROM: readonly string[] = ["include/", "include/uapi/"];

/** The name of a file that is not in the tree. */
export const undefinedPath: DocRule = {
  id: "undefined-path",
  severity: "warning",
  kinds: ["rst"],
  title: "files that the text names exist",
  why: "readers follow the name; a file that was moved or removed leaves them with nothing",
  source: "scripts/documentation-file-ref-check",
  needsTree: true,
  examples: [
    { text: "See Documentation/mm/page_tables.rst and mm/memory.c.\n", finds: [] },
    { text: "See Documentation/vm/gone.rst.\n", finds: ["1:5"] },
    { text: "It is in ``mm/gone.c``; mm/*.c and mm/<x>.c are patterns.\n", finds: ["1:12"] },
    { text: "``include/linux/{a,b}.h``\n", finds: [] },
    { text: "See ../mm/page_tables.rst and ../mm/gone.rst.\n", finds: ["1:31"] },
  ],
  *check(file, { pathExists }) {
    if (/(?:^|\/)translations\//.test(file.treePath ?? file.path)) return;
    const folder = posix.dirname(file.treePath ?? file.path);
    for (const { text, offset } of findMentions(file, MARKS)) {
      for (const pattern of [DOCUMENT, SOURCE, RELATIVE]) {
        for (const match of text.matchAll(pattern)) {
          const path = pattern === RELATIVE ? posix.join(folder, match[0]) : match[0];
          if (pathExists(path) || path.includes("...") || isBuilt(path)) continue;
          // A header may be named as it is included.
          if (INCLUDED_FROM.some((folder) => pathExists(`${folder}${path}`))) continue;
          const uapi = path.replace(/^include\//, "include/uapi/");
          const fix = pathExists(uapi) ? { fix: `write '${uapi}'` } : {};
          yield { at: offset + match.index, what: `there is no file '${match[0]}'`, ...fix };
        }
      }
    }
  },
};

/** Files that a build makes, and headers that each architecture has its own of. */
function isBuilt(path: string): boolean {
  return /^(?:usr\/)?include\/(?:generated|asm|asm-\w+|linux\/version)[/.]/.test(path);
}
