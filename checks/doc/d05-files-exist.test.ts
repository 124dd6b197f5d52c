import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import { d05FilesExist } from "./d05-files-exist.ts";

const judgeDiff = (diff: string) =>
  judge(d05FilesExist, {
    patches: [{ diff }],
    context: {
      effects: {
        textAt: async (_, path) => (path === "Documentation/mm/numa.rst" ? "words" : undefined),
        searchAt: async () => [{ path: "mm/b.c", line: 3, text: "see it" }],
      },
    },
  });

test("a file that is not there is found at the line that names it", async () => {
  const see = (path: string) => judgeDiff(changeFile("mm/a.c", ` * See ${path}.`));
  expect(await see("Documentation/vm/numa.txt")).toEqual(["fail", "0001.patch:17"]);
  expect(await see("Documentation/mm/numa.rst")).toEqual(["pass"]);
});

test("a deleted file that others still name is found", async () => {
  const gone = changeFile("Documentation/mm/old.rst", "words")
    .replace("index", "deleted file mode 100644\nindex")
    .replaceAll("\n+words", "\n-words")
    .replace("-10,2 +10,3", "-10,3 +10,2");
  expect(await judgeDiff(gone)).toEqual(["fail", "0001.patch:11"]);
});
