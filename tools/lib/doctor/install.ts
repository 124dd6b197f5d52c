import { ToolError } from "../error.ts";
import { run } from "../proc/run.ts";

const UPDATE_TIMEOUT_MS = 5 * 60_000;
const INSTALL_TIMEOUT_MS = 20 * 60_000;

/** The one line that installs packages on Debian, as a user types it. */
export function installLine(packages: readonly string[]): string {
  return `sudo apt-get install -y --no-install-recommends ${packages.join(" ")}`;
}

export interface InstallRequest {
  readonly packages: readonly string[];
  readonly isRoot: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (line: string) => void;
}

/**
 * Installs Debian packages with apt-get.
 *
 * @throws ToolError `packages-missing` (environment) when the caller is not root: the hint is the
 * line to run; `apt-failed` (infra) when apt-get fails.
 */
export async function installPackages(request: InstallRequest): Promise<void> {
  const { packages } = request;
  if (packages.length === 0) return;
  if (!request.isRoot) {
    throw new ToolError(`missing Debian packages: ${packages.join(", ")}`, {
      kind: "environment",
      code: "packages-missing",
      hints: [installLine(packages)],
    });
  }
  request.onProgress(`installing ${packages.join(" ")}`);
  await aptGet(["update", "-qq"], UPDATE_TIMEOUT_MS, request);
  await aptGet(
    ["install", "-y", "-qq", "--no-install-recommends", ...packages],
    INSTALL_TIMEOUT_MS,
    request,
  );
}

async function aptGet(args: string[], timeoutMs: number, request: InstallRequest): Promise<void> {
  const result = await run({
    file: "apt-get",
    args,
    env: { DEBIAN_FRONTEND: "noninteractive" },
    timeoutMs,
    signal: request.signal,
  });
  if (result.code === 0) return;
  const tail = new TextDecoder().decode(result.stderr).trim().split("\n").slice(-5).join("\n  ");
  throw new ToolError(`'${result.command}' failed\n  ${tail}`, {
    kind: "infra",
    code: "apt-failed",
    hints: [installLine(request.packages)],
  });
}
