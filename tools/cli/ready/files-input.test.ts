import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { shell } from "../../../tests/support/fake-kernel.ts";
import {
  makeGateTree,
  reportOf,
  rfckitHere,
  type TestCommit,
  verdictsOf,
} from "../../../tests/support/gate-tree.ts";
import { newFile, writeMail } from "../../../tests/support/patch-mails.ts";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";

const GOOD: TestCommit = {
  message: "mm: add b\n\nBecause a alone is not enough.\n\nSigned-off-by: A <a@example.org>",
  files: { "mm/a.c": "int a;\nint b;\n" },
};
const SECOND = { ...GOOD, message: GOOD.message.replace("b", "c"), files: { "mm/c.h": "" } };

/** The patches of a tree as git writes them, with these options. */
async function mailsOf(tree: string, ...options: string[]): Promise<string[]> {
  const args = ["format-patch", "-q", "-o", join(tree, "../out"), ...options, "base..topic"];
  await shell(tree, "git", ["-c", "user.name=A", "-c", "user.email=a@example.org", ...args]);
  return (await readdir(join(tree, "../out"))).sort().map((name) => join(tree, "../out", name));
}

const judge = async (cwd: string, ...argv: string[]) => {
  const profile = argv.includes("--profile") ? [] : ["--profile", "quick"];
  const args = ["ready", ...profile, "--format", "json", ...argv];
  const answer = await rfckitHere(cwd, args);
  const report = reportOf(answer);
  return { code: answer.code, report, verdicts: verdictsOf(report) };
};

describe("ready FILE", () => {
  test("a single patch without a tree is judged as a patch: exit 0, and what did not run is told", async () => {
    const tree = await makeGateTree([GOOD]);
    const { code, report, verdicts } = await judge(tree, ...(await mailsOf(tree)));
    expect(code).toBe(0);
    expect(report.verdict).toBe("clean");
    expect(report.series.judgedAs).toBe("texts");
    expect(verdicts["t01-checkpatch"]).toBe("not-run");
    expect(verdicts["m15-subject-length"]).toBe("pass");
    expect(verdicts["s12-cover-letter"]).toBeUndefined();
  });

  test("a finding in one is exit 1", async () => {
    const subject =
      "mm: add b to what is there already and make a subject line that is much too long";
    const tree = await makeGateTree([
      { ...GOOD, message: GOOD.message.replace("mm: add b", subject) },
    ]);
    const { code, verdicts } = await judge(tree, ...(await mailsOf(tree)));
    expect([code, verdicts["m15-subject-length"]]).toEqual([1, "fail"]);
  });

  test("a file that is not there is a mistake of the command line, and so is a folder", async () => {
    const tree = await makeGateTree([GOOD]);
    for (const [name, errno] of [
      ["none.patch", "ENOENT"],
      [".", "EISDIR"],
    ] as const) {
      const { code, stdout, stderr } = await rfckitHere(tree, ["ready", name]);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(errno);
      expect(stderr).toContain("name patch files or mailboxes");
    }
  });

  test("one patch of a series alone is judged as a patch", async () => {
    const tree = await makeGateTree([GOOD, SECOND]);
    const [first = ""] = await mailsOf(tree);
    const { report } = await judge(tree, first);
    expect(report.series.judgedAs).toBe("texts");
    expect(report.series.patches[0]?.subject).toContain("[PATCH 1/2]");
  });

  test("with a tree what needs one runs, on the base that is named", async () => {
    const tree = await makeGateTree([GOOD]);
    const mails = await mailsOf(tree);
    const more = ["--tree", tree, "--base", "base"];
    const { code, verdicts } = await judge(tree, ...mails, ...more);
    expect([code, verdicts["t01-checkpatch"]]).toEqual([0, "pass"]);
  });

  test("a series without a tree is not ready", async () => {
    const tree = await makeGateTree([GOOD, SECOND]);
    const { report, code } = await judge(tree, ...(await mailsOf(tree, "--numbered")));
    expect(report.series.judgedAs).toBe("series");
    expect(code).not.toBe(0);
  });

  test("a base that the tree lacks is the reason why nothing that needs it ran", async () => {
    const tree = await makeGateTree([GOOD]);
    const [mail = ""] = await mailsOf(tree);
    const text = await readFile(mail, "utf8");
    await writeFile(mail, text.replace("\n-- \n", `\nbase-commit: ${"ab".repeat(20)}\n-- \n`));
    const { report } = await judge(tree, mail, "--tree", tree);
    const verdict = report.checks.find(({ id }) => id === "t01-checkpatch")?.verdict;
    expect(verdict).toMatchObject({ kind: "not-run" });
    expect(JSON.stringify(verdict)).toContain("abab");
  });

  test("patches on a wrong base have their texts judged, and get no verdict", async () => {
    const tree = await makeGateTree([GOOD]);
    const mails = await mailsOf(tree);
    const args = [...mails, "--tree", tree, "--base", "topic", "--profile", "rfc"];
    const { code, verdicts, report } = await judge(tree, ...args);
    expect([code, report.verdict]).toEqual([4, "not-run"]);
    expect(report.series.unfit).toMatch(/do not apply on '[0-9a-f]{40}' and name no base: .*a\.c/);
    expect(verdicts).toMatchObject({
      "s23-round-trip": "not-run",
      "t01-checkpatch": "pass",
      "m15-subject-length": "pass",
      "b01-each-commit-builds": "not-run",
    });
  });

  test("patches that name this very base and do not apply are broken: a finding", async () => {
    const tree = await makeGateTree([GOOD]);
    const [mail = ""] = await mailsOf(tree, "--base=base");
    const text = await readFile(mail, "utf8");
    await writeFile(mail, text.replace("\n int a;\n", "\n int other;\n"));
    const { code, verdicts, report } = await judge(tree, mail, "--tree", tree, "--profile", "rfc");
    expect([code, report.verdict, report.series.unfit]).toEqual([1, "not-ready", undefined]);
    expect(verdicts["s23-round-trip"]).toBe("fail");
  });

  test("a message that is not UTF-8 gets no verdict, whatever else is found", async () => {
    const tree = await makeGateTree([GOOD]);
    const [mail = ""] = await mailsOf(tree);
    const text = await readFile(mail, "utf8");
    const bad = text.replace("Because", "\u00fcber I\nChange-Id: I01234567");
    await writeFile(mail, Buffer.from(bad, "latin1"));
    const { code, verdicts, report } = await judge(tree, mail);
    expect([code, report.verdict]).toEqual([4, "not-run"]);
    expect(report.series.unfit).toContain("not UTF-8");
    expect(verdicts).toMatchObject({
      "m25-clean-characters": "fail",
      "m20-no-private-tags": "fail",
    });
    const plain = await rfckitHere(tree, ["ready", "--profile", "quick", mail]);
    expect(plain.stdout).toContain("\nnot judged: '");
  });

  test("a finding in a mailbox has the line of the mailbox", async () => {
    const dir = join(await scratchDir(), "work");
    await mkdir(dir);
    const good = writeMail({ diff: newFile("mm/a.h", "/* a */") }, "[PATCH 1/2]");
    const message = "Why.\nChange-Id: I0123456789";
    const bad = writeMail(
      { subject: "mm: b", message, diff: newFile("mm/b.h", "/* b */") },
      "[PATCH 2/2]",
    );
    await writeFile(join(dir, "box.mbox"), `${good}${bad}`);
    const { report } = await judge(dir, "box.mbox");
    const place = report.checks.find(({ id }) => id === "m20-no-private-tags")?.diagnostics[0]
      ?.place;
    expect(place?.file).toBe("box.mbox");
    const lines = `${good}${bad}`.split("\n");
    expect(lines[(place?.line ?? 0) - 1]).toBe("Change-Id: I0123456789");
  });

  test("files and a range together are a wrong use", async () => {
    const tree = await makeGateTree([GOOD]);
    const answer = await rfckitHere(tree, ["ready", "x.patch", "--range", "base..topic"]);
    expect([answer.code, answer.stdout]).toEqual([2, ""]);
  });

  test("a file that is not there is named", async () => {
    const dir = await scratchDir();
    const answer = await rfckitHere(dir, ["ready", "nowhere.patch", "--format", "json"]);
    expect(answer.code).not.toBe(0);
    expect(answer.stdout + answer.stderr).toContain("nowhere.patch");
  });
});
