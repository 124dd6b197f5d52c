import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { changeFile, newFile } from "../../tests/support/patch-mails.ts";
import { ToolError } from "../../tools/lib/error.ts";
import { m16SubjectPrefix } from "./m16-subject-prefix.ts";

const judgeAfter = (
  subject: string,
  history: readonly string[],
  diff = changeFile("mm/a.c", "x"),
) =>
  judge(m16SubjectPrefix, {
    patches: [{ subject, diff }],
    context: { effects: { subjectsOf: async () => history } },
  });

test.each([["Add the device"], ["mm:add it"], ["mm : add"], ["a lot of words here: add"]])(
  "'%s' is found",
  async (subject) => {
    expect(await judgeAfter(subject, [])).toEqual(["fail", "0001.patch:4"]);
  },
);

test.each([["mm: add"], ["selftests/mm: test"], ["docs: mm: tell"], ["x86/mm, kvm: a"]])(
  "'%s' passes",
  async (subject) => {
    expect(await judgeAfter(subject, [])).toEqual(["pass"]);
  },
);

const HISTORY = ["mm/vmalloc: fix a", "mm: vmalloc: b", 'Revert "mm: c"', "mm/vmalloc: d"];

test("a prefix that no earlier commit to the file has is a warning", async () => {
  expect(await judgeAfter("x86: add", HISTORY)).toEqual(["pass", "warning 0001.patch:4"]);
  expect(await judgeAfter("mm: add", HISTORY)).toEqual(["pass"]);
  expect(await judgeAfter("vmalloc: add", HISTORY)).toEqual(["pass"]);
  expect(await judgeAfter("MM: hbf: add", HISTORY)).toEqual(["pass"]);
});

test("a new file, and one with next to no history, are judged by the form alone", async () => {
  expect(await judgeAfter("x86: add", HISTORY.slice(0, 2))).toEqual(["pass"]);
  expect(await judgeAfter("x86: add", HISTORY, newFile("mm/a.c", "x"))).toEqual(["pass"]);
});

test("without a tree the form is judged, and a machine that fails is no missing tree", async () => {
  const judgeWith = (kind: "environment" | "infra") =>
    judge(m16SubjectPrefix, {
      patches: [{ subject: "Add it" }],
      context: {
        effects: {
          subjectsOf: async () => {
            throw new ToolError("no tree", { kind, code: "no-tree", hints: [] });
          },
        },
      },
    });
  expect(await judgeWith("environment")).toEqual(["fail", "0001.patch:4"]);
  await expect(judgeWith("infra")).rejects.toThrow("no tree");
});
