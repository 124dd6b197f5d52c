import { expect, test } from "vitest";
import { EXIT } from "../../lib/error.ts";
import { runCommandLine } from "../run-command-line.ts";

/** Runs a command line and gives its exit code and what it wrote. */
async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = "";
  let err = "";
  const code = await runCommandLine(argv, {
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      err += text;
    },
    env: {},
    cwd: "/",
    projectDir: "/",
    packageDir: "/",
    version: "0.0.0",
    signal: new AbortController().signal,
  });
  return { code, out, err };
}

test.each([["m15-subject-length"], ["M15"], ["m15-subject-length/detail"]])(
  "'explain %s' prints the page of the check",
  async (id) => {
    const { code, out } = await run("explain", id);
    expect(code).toBe(EXIT.ready);
    expect(out).toMatch(/^### m15-subject-length\n\nA subject has at most 75 characters\.\n/);
    expect(out).toContain("Source: Documentation/process/submitting-patches.rst.");
    expect(out).toContain("Fix: ");
  },
);

test("without an id every check is listed with its title", async () => {
  const { out } = await run("explain");
  expect(out).toContain("s05-no-fixup-commits\tno fixup!");
  expect(
    out
      .trimEnd()
      .split("\n")
      .every((line) => line.includes("\t")),
  ).toBe(true);
});

test.each([
  ["explain", "m"],
  ["explain", "x99"],
  ["ready", "--profile", "none"],
])("'%s %s' names the next step", async (...argv) => {
  const { code, out, err } = await run(...argv);
  expect([code, out]).toEqual([EXIT.usage, ""]);
  expect(err).toMatch(/rfckit explain|--profile quick/);
});
