import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import { r03MmList } from "./r03-mm-list.ts";

const [LIST, AKPM] = ["linux-mm@kvack.org", "Andrew Morton <akpm@linux-foundation.org>"];
const judgePath = (path: string, ...maintainers: string[]) =>
  judge(r03MmList, {
    patches: [{ diff: changeFile(path, "words") }],
    context: { effects: { maintainersOf: async () => maintainers } },
  });

test("a document of mm that goes to others is found, once for each who is missing", async () => {
  const both = ["fail", "0001.patch:11", "0001.patch:11"];
  expect(await judgePath("Documentation/mm/a.rst", "linux-doc@vger.kernel.org")).toEqual(both);
  expect(await judgePath("mm/a.c", LIST)).toHaveLength(2);
});

test("both named, and files of others, pass", async () => {
  expect(await judgePath("mm/a.c", LIST, AKPM)).toEqual(["pass"]);
  expect(await judgePath("net/a.c")).toEqual(["pass"]);
});
