import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { obtainBase } from "../../../tests/support/kernel-docs.ts";
import { runCommandLine } from "../run-command-line.ts";

const ROOT = resolve(import.meta.dirname, "../../..");

/** What `rfckit lint` prints of a text that is given on standard input, or of the series. */
async function lint(input: string, ...argv: string[]): Promise<string> {
  let stdout = "";
  await runCommandLine(["lint", ...argv], {
    stdout: (text) => {
      stdout += text;
    },
    stderr: () => {},
    stdin: async () => Buffer.from(input),
    env: process.env,
    cwd: ROOT,
    projectDir: ROOT,
    packageDir: ROOT,
    version: "0.0.0",
    signal: new AbortController().signal,
  });
  return stdout;
}

const TEXT = ".. SPDX-License-Identifier: GPL-2.0\n\nA struct hbf_hint and CONFIG_HBF.\n";

test("the names that the series adds exist with --series, and only then", async () => {
  const { dir } = await obtainBase();
  const name = join(dir, "Documentation/mm/index.rst");
  const stdin = ["--stdin", "--filename", name];
  expect(await lint(TEXT, ...stdin)).toContain("[undefined-type]");
  expect(await lint(TEXT, "--series", "v1", ...stdin)).not.toContain("[undefined-");
});

test("the documents that the series adds name nothing that does not exist", async () => {
  const found = await lint("", "--series", "v1");
  const own = found.split("\n").filter((line) => /\/hbf[\w-]*\.rst:/.test(line));
  expect(own.filter((line) => /\[(?:undefined-|toctree-|missing-|rst-)/.test(line))).toEqual([]);
});
