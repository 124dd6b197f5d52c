import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { newFile } from "../../tests/support/patch-mails.ts";
import { l03FilesHaveOwner } from "./l03-files-have-owner.ts";

const MM = "\nMEMORY MANAGEMENT\nL:\tlinux-mm@kvack.org\nF:\tmm/\n\nTHE REST\nF:\t*\nF:\t*/\n";
const judgeEntries = (entries: string, path = "mm/hbf.c") =>
  judge(l03FilesHaveOwner, {
    patches: [{ diff: newFile(path, "int a;") }],
    context: {
      effects: {
        textAt: async () => `head\n${entries}`,
        pathsAt: async () => [path, ...Array.from({ length: 600 }, (_, at) => `mm/${at}.c`)],
      },
    },
  });

test("a file that only large entries cover is found at its diff", async () => {
  expect(await judgeEntries(MM)).toEqual(["fail", "0001.patch:11"]);
  expect(await judgeEntries(MM, "net/new.c")).toEqual(["fail", "0001.patch:11"]);
});

test("an entry of its own passes, and lists have none", async () => {
  expect(await judgeEntries(`\nHBF\nF:\tmm/hbf.c\n${MM}`)).toEqual(["pass"]);
  expect(await judgeEntries(MM, "mm/.gitignore")).toEqual(["pass"]);
});
