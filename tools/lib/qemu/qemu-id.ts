import { run } from "../proc/run.ts";

const VERSION_TIMEOUT_MS = 20_000;

/**
 * First line of what QEMU's `program` says to `--version`, which a verdict depends on.
 *
 * @throws ToolError `program-missing` (environment)
 */
export async function qemuId(program: string, signal?: AbortSignal): Promise<string> {
  const result = await run({
    file: program,
    args: ["--version"],
    timeoutMs: VERSION_TIMEOUT_MS,
    ...(signal && { signal }),
  });
  return new TextDecoder().decode(result.stdout).split("\n")[0] ?? "";
}
