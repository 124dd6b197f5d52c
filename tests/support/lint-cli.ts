import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { runCommandLine } from "../../tools/cli/run-command-line.ts";
import { runGit } from "../../tools/lib/git/git.ts";
import { scratchDir } from "./scratch-dir.ts";

/** How a command line ended, and what it wrote. */
export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs rfckit in a folder, with a home of its own in it. */
export function rfckit(cwd: string, ...argv: string[]): Promise<Answer> {
  return rfckitWith("", cwd, ...argv);
}

/** As `rfckit`, with what is on standard input. */
export async function rfckitWith(
  input: string | Uint8Array,
  cwd: string,
  ...argv: string[]
): Promise<Answer> {
  let stdout = "";
  let stderr = "";
  const code = await runCommandLine(argv, {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    stdin: async () => Buffer.from(input),
    env: { HOME: join(cwd, "home") },
    cwd,
    projectDir: cwd,
    packageDir: cwd,
    version: "0.0.0",
    signal: new AbortController().signal,
  });
  return { code, stdout, stderr };
}

/** Files in a new folder. */
export async function makeFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<string> {
  const dir = await scratchDir();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
  return dir;
}

/** A small tree that looks like a kernel, in git, with one commit. */
export async function makeKernel(files: Readonly<Record<string, string>>): Promise<string> {
  const top = { MAINTAINERS: "", Kconfig: "config NUMA\n", "mm/memory.c": "" };
  const index = { "Documentation/index.rst": ".. toctree::\n   :glob:\n\n   *\n   mm/*\n" };
  const dir = await makeFiles({ ...top, ...index, ...files });
  const who = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
  for (const args of [
    ["init", "-q"],
    ["add", "-A"],
    [...who, "commit", "-q", "-m", "base"],
  ]) {
    expect((await runGit({ dir, args })).code).toBe(0);
  }
  return dir;
}
