import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { s13CoverIsTrue } from "./s13-cover-is-true.ts";

const judgeCover = (subject: string, path: string) =>
  judge(s13CoverIsTrue, {
    cover: [
      "mm: give hints",
      "",
      "Words.",
      "",
      "A (1):",
      `  ${subject}`,
      "",
      ` ${path} | 1 +`,
      " 1 file changed, 1 insertion(+)",
      "",
    ].join("\n"),
  });

test("a subject that no patch has, and a patch that is not listed, are found", async () => {
  expect(await judgeCover("mm: add the divice", "mm/a.c")).toEqual([
    "fail",
    "0000.patch:9",
    "0000.patch:8",
  ]);
});

test("a file that no patch changes, and one that is not listed, are found", async () => {
  expect(await judgeCover("mm: add the device", "mm/b.c")).toEqual([
    "fail",
    "0000.patch:11",
    "0000.patch:12",
  ]);
});

test("a true one passes, also with a wrapped subject and a short path", async () => {
  expect(await judgeCover("mm: add the device", "mm/a.c")).toEqual(["pass"]);
  expect(await judgeCover("mm: add the\n    device", ".../a.c")).toEqual(["pass"]);
});
