import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findPackageDir } from "../lib/fs/package-dir.ts";
import { findProjectDir } from "./project-dir.ts";
import { runCommandLine } from "./run-command-line.ts";
import { watchSignals } from "./signals.ts";

/** The program: argv without node and script, in; exit code, out. */
export async function main(argv: readonly string[]): Promise<number> {
  const watch = watchSignals();
  // A reader such as `head` that closes the pipe ends the output, not the program with a stack.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  const packageDir = findPackageDir();
  try {
    const code = await runCommandLine(argv, {
      stdout: (text) => process.stdout.write(text),
      stderr: (text) => process.stderr.write(text),
      stdin: async () => Buffer.concat(await process.stdin.toArray()),
      env: process.env,
      cwd: process.cwd(),
      projectDir: findProjectDir(process.cwd(), packageDir),
      packageDir,
      version: readVersion(packageDir),
      terminal: {
        stdoutIsTty: process.stdout.isTTY === true,
        stderrIsTty: process.stderr.isTTY === true,
        stream: process.stderr,
        ...(process.stdin.isTTY === true ? { keys: process.stdin } : {}),
      },
      signal: watch.signal,
    });
    return watch.exitCode() ?? code;
  } finally {
    watch.stop();
  }
}

function readVersion(packageDir: string): string {
  const text = readFileSync(join(packageDir, "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
