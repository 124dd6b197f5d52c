import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  makeGateTree,
  reportOf,
  rfckitHere,
  type TestCommit,
  verdictsOf,
} from "../../../tests/support/gate-tree.ts";

const GOOD: TestCommit = {
  message: "mm: add b\n\nBecause a alone is not enough.",
  files: { "mm/a.c": "int a;\nint b;\n" },
};

const ready = (tree: string, range: string, ...more: string[]) =>
  rfckitHere(tree, ["ready", "--tree", tree, "--range", range, "--profile", "quick", ...more]);
const judge = async (tree: string, range: string, ...more: string[]) => {
  const answer = await ready(tree, range, "--format", "json", ...more);
  const report = reportOf(answer);
  return { code: answer.code, report, verdicts: verdictsOf(report) };
};

describe("ready --range", () => {
  test("judges a commit of any tree as the mail that it would become", async () => {
    const { code, report, verdicts } = await judge(await makeGateTree([GOOD]), "base..topic");
    expect(report.series).toMatchObject({ name: "commits", stage: "base..topic" });
    expect(report.series.patches.map(({ subject }) => subject)).toEqual([
      "[RFC PATCH 1/1] mm: add b",
    ]);
    const bad = report.checks.filter(({ verdict }) => !/pass|attest/.test(verdict.kind));
    expect(bad.map(({ id }) => id)).toEqual(["s20-rfc-says-what-is-open"]);
    expect(verdicts["t01-checkpatch"]).toBe("pass");
    expect(code).toBe(1);
  });

  test("a finding has a place in a mail that is there to look at", async () => {
    const bad = { ...GOOD, message: "mm: add b\n\nChanges in v2:\nMuch." };
    const { report } = await judge(await makeGateTree([bad]), "base..topic");
    const found = report.checks.find(({ id }) => id === "m19-no-history-in-message");
    const { file = "", line = 0 } = found?.diagnostics[0]?.place ?? {};
    expect((await readFile(file, "utf8")).split("\n")[line - 1]).toBe("Changes in v2:");
  });

  test("--cover gives a series its letter", async () => {
    const second = { message: "mm: add c\n\nMore.", files: { "mm/c.c": "int c;\n" } };
    const tree = await makeGateTree([GOOD, second]);
    const cover = join(tree, "..", "letter.txt");
    await writeFile(cover, "mm: add two\n\nOne. Two. Three.\n\nOpen questions\n\nSome.\n");
    const { verdicts } = await judge(tree, "base..topic", "--cover", cover);
    expect(verdicts).toMatchObject({
      "s12-cover-letter": "pass",
      "s20-rfc-says-what-is-open": "pass",
    });
    expect((await judge(tree, "base..topic")).verdicts["s12-cover-letter"]).toBe("fail");
  });

  test.each([
    ["an empty range", "topic..topic", "no commits"],
    ["a tip that does not come after the base", "topic..base", "does not come after"],
  ])("%s was not judged: exit 4, with the reason", async (_, range, reason) => {
    const { code, report } = await judge(await makeGateTree([GOOD]), range);
    expect(code).toBe(4);
    expect(report.verdict).toBe("not-run");
    for (const { verdict } of report.checks) {
      expect(verdict.kind === "not-run" && verdict.missing).toContain(reason);
    }
  });

  test("a tree without checkpatch.pl is judged by its texts, and is not ready", async () => {
    const { report, verdicts } = await judge(await makeGateTree([GOOD], null), "base..topic");
    expect(verdicts["t01-checkpatch"]).toBe("not-run");
    expect(verdicts["m15-subject-length"]).toBe("pass");
    expect(report.verdict).toBe("not-ready");
  });

  test("a commit that changes nothing is a finding", async () => {
    const nothing = { message: "mm: change nothing\n\nReally.", files: {} };
    const tree = await makeGateTree([GOOD, nothing]);
    const args = ["ready", "--tree", tree, "--range", "base..topic", "--format", "json"];
    const answer = await rfckitHere(tree, args);
    expect(answer.code).toBe(1);
    expect(answer.stdout).toContain("1 of 2 commits change nothing");
  });

  test.each([
    ["base..nowhere", "nowhere"],
    ["nothing", "not a range"],
  ])("'%s' is a wrong use", async (range, word) => {
    const answer = await ready(await makeGateTree([GOOD]), range);
    expect(answer.code).toBe(2);
    expect(answer.stderr).toContain(word);
  });

  test("a folder without git is a wrong use", async () => {
    const tree = await makeGateTree([GOOD]);
    const answer = await ready(join(tree, ".."), "base..topic");
    expect(answer.code).toBe(2);
    expect(answer.stderr).toContain("is not a git repository");
  });
});
