import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import { l04MaintainersEntry } from "./l04-maintainers-entry.ts";

const judgeEntry = (entry: string) =>
  judge(l04MaintainersEntry, {
    patches: [{ diff: changeFile("MAINTAINERS", entry) }],
    context: {
      effects: {
        textAt: async () => `head\n\nGREEN\nS:\tOdd fixes\nF:\tmm/g.c\n\n${entry}\n`,
        pathsAt: async () => ["mm/g.c", "mm/hbf.c"],
      },
    },
  });

test.each([
  ["a pattern without files", "HBF\nS:\tMaintained\nF:\tmm/hfb.c", 19],
  ["fields out of order", "HBF\nF:\tmm/hbf.c\nS:\tMaintained", 19],
  ["a field that is none", "HBF\nS:\tMaintained\nZ:\tx", 19],
  ["blanks for a tab", "HBF\nS:   Maintained\nF:\tmm/hbf.c", 18],
  ["no status", "HBF\nF:\tmm/hbf.c", 17],
  ["a title out of order", "BLUE\nS:\tMaintained\nF:\tmm/hbf.c", 17],
])("%s is found", async (_, entry, line) => {
  expect(await judgeEntry(entry)).toEqual(["fail", `0001.patch:${line}`]);
});

test("a good entry passes", async () => {
  expect(await judgeEntry("HBF\nL:\tl@a.org\nS:\tMaintained\nF:\tmm/hbf.c")).toEqual(["pass"]);
});
