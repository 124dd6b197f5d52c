import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ToolError } from "../error.ts";
import { parseCheckpatch } from "./parse-checkpatch.ts";
import { runCheckpatch } from "./run-checkpatch.ts";

/** A tree whose checkpatch is the given Perl program. */
function createTree(program: string): string {
  const dir = mkdtempSync(join(tmpdir(), "rfckit-checkpatch-"));
  mkdirSync(join(dir, "scripts"));
  writeFileSync(join(dir, "scripts/checkpatch.pl"), program);
  chmodSync(join(dir, "scripts/checkpatch.pl"), 0o755);
  return dir;
}

const judge = (treeDir: string, timeoutMs = 20_000) =>
  runCheckpatch({ treeDir, patches: [{ text: "a patch" }], timeoutMs }).then(
    ([report]) => report,
    (error: unknown) => error,
  );

test("reads a finding with its line, level, type and message", () => {
  expect(parseCheckpatch("/a b:1/x.patch:21: ERROR:SPACING: space: required\n")).toEqual([
    {
      file: "/a b:1/x.patch",
      line: 21,
      level: "ERROR",
      type: "SPACING",
      message: "space: required",
    },
  ]);
});

test("silence with exit status 0 is no finding", async () => {
  expect(await judge(createTree("exit 0;"))).toMatchObject({ findings: [] });
});

test("gets the patch on standard input", async () => {
  const tree = createTree('my $t = <STDIN>; print "-:1: CHECK:ECHO: $t\\n"; exit 1;');
  expect(await judge(tree)).toMatchObject({ findings: [{ type: "ECHO", message: "a patch" }] });
});

test.each([
  ["garbage", 'print "hello\\n"; exit 0;', "checkpatch-garbage"],
  ["a failure without findings", "exit 1;", "checkpatch-failed"],
  ["findings with the exit status of success", 'print "-:1: CHECK:A: b\\n";', "checkpatch-failed"],
  ["a script that dies", "die 'broken';", "checkpatch-failed"],
])("%s is an error, never silence", async (_, program, code) => {
  const error = await judge(createTree(program));
  expect(error).toBeInstanceOf(ToolError);
  expect((error as ToolError).code).toBe(code);
  expect((error as ToolError).exitCode).toBe(3);
});

test("a checkpatch that hangs, with a child that holds the pipe, is ended", async () => {
  const error = await judge(createTree("system('sleep 600'); sleep 600;"), 300);
  expect((error as ToolError).code).toBe("checkpatch-timeout");
});

test("a folder that is no kernel tree could not be checked", async () => {
  const error = await judge(tmpdir());
  expect((error as ToolError).code).toBe("checkpatch-missing");
  expect((error as ToolError).exitCode).toBe(4);
});

test("a tree with a .checkpatch.conf, which may switch off rules, could not be checked", async () => {
  const tree = createTree("exit 0;");
  writeFileSync(join(tree, ".checkpatch.conf"), "--ignore SPACING");
  const error = await judge(tree);
  expect((error as ToolError).code).toBe("checkpatch-configured");
  expect((error as ToolError).exitCode).toBe(4);
});

test("one process tells the findings of several patches apart", async () => {
  const program = 'print "$_:$$: ERROR:SPACING: in $_\\n" for grep { /^\\// } @ARGV; exit 1;';
  const treeDir = createTree(program);
  const bytes = new Uint8Array();
  const patches = ["/a/1.patch", "/a/2.patch"].map((file) => ({ file, bytes }));
  const reports = await runCheckpatch({ treeDir, patches, timeoutMs: 20_000 });
  expect(reports.map(({ findings }) => findings.map(({ message }) => message))).toEqual([
    ["in /a/1.patch"],
    ["in /a/2.patch"],
  ]);
  expect(new Set(reports.map(({ findings }) => findings[0]?.line)).size).toBe(1);
  expect(reports[1]?.command).toContain("/a/2.patch");
  expect(reports[1]?.command).not.toContain("/a/1.patch");
});

test("a finding about a file that was not given is an error", async () => {
  const error = await judge(createTree('print "/etc/x:1: ERROR:A: b\\n"; exit 1;'));
  expect((error as ToolError).code).toBe("checkpatch-failed");
});
