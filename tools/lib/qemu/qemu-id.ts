import { run } from "../proc/run.ts";

const VERSION_TIMEOUT_MS = 20_000;

/**
 * First line of `qemu-system-x86_64 --version`, which a verdict depends on.
 *
 * @throws ToolError `program-missing` (environment)
 */
export async function qemuId(signal?: AbortSignal): Promise<string> {
  const result = await run({
    file: "qemu-system-x86_64",
    args: ["--version"],
    timeoutMs: VERSION_TIMEOUT_MS,
    ...(signal && { signal }),
  });
  return new TextDecoder().decode(result.stdout).split("\n")[0] ?? "";
}
