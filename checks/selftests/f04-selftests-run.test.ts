import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { newFile } from "../../tests/support/patch-mails.ts";
import type { SelftestResult } from "../../tools/lib/selftests/run-selftests.ts";
import { f04SelftestsRun } from "./f04-selftests-run.ts";

const PATH = "tools/testing/selftests/mm/a.c";
const GOOD: SelftestResult = { path: PATH, status: 0, failed: [], passed: 3, skipped: 0 };

/** A patch that adds a selftest, of which the guest says this. */
async function judgeRun(
  result: Partial<SelftestResult>,
  guest: { readonly splats?: readonly string[]; readonly isWhole?: boolean } = {},
): Promise<string[]> {
  return await judge(f04SelftestsRun, {
    patches: [{ diff: newFile(PATH, "int main(void)") }],
    context: {
      effects: {
        runSelftests: async () => {
          const results = [{ ...GOOD, ...result }];
          return { splats: [], isWhole: true, ...guest, results, logFile: "/log", command: "qemu" };
        },
      },
    },
  });
}

test("a selftest that passes is fine, and so is one that skips a part", async () => {
  expect(await judgeRun({})).toEqual(["pass"]);
  expect(await judgeRun({ skipped: 1 })).toEqual(["pass"]);
});

test.each<[string, Partial<SelftestResult>]>([
  ["a line that is not ok", { failed: ["not ok 1 a"], status: 1 }],
  ["a status without such a line", { status: 1 }],
  ["no test at all", { passed: 0 }],
  ["nothing but skipped tests", { status: 4, passed: 0, skipped: 3 }],
  ["a program that does not end", { status: undefined }],
  ["a program that can't be made", { notBuilt: "words" }],
])("%s is found at the program", async (_, result) => {
  const [verdict, place, ...others] = await judgeRun(result);
  expect([verdict, others]).toEqual(["fail", []]);
  expect(place).toMatch(/^0001\.patch:\d+$/);
});

test("a complaint of the kernel counts though every test passes", async () => {
  const [verdict, ...places] = await judgeRun({}, { splats: ["WARNING: words"] });
  expect([verdict, places.length]).toEqual(["fail", 1]);
  expect((await judgeRun({}, { isWhole: false }))[0]).toBe("fail");
});

test("a series without selftests boots nothing", async () => {
  const draft = { patches: [{ diff: newFile("mm/a.c", "int a;") }] };
  expect(await judge(f04SelftestsRun, draft)).toEqual(["pass"]);
});
