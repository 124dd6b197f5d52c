import { EXIT, type ExitCode, ToolError } from "../lib/error.ts";

/** Prints a failure as one message with its next steps, and gives its exit code. */
export function reportError(error: unknown, print: (text: string) => void): ExitCode {
  if (error instanceof ToolError) {
    print(`rfckit: ${error.message}\n`);
    for (const hint of error.hints) print(`  try: ${hint}\n`);
    return error.exitCode;
  }
  if (isNoSpace(error)) {
    print(`rfckit: no space left on the disk that holds '${error.path ?? "the cache"}'\n`);
    print("  try: free some space, or point XDG_CACHE_HOME at a larger disk\n");
    return EXIT.infra;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  print(`rfckit: internal error, a defect of rfckit itself\n${text}\n`);
  return EXIT.internal;
}

function isNoSpace(error: unknown): error is NodeJS.ErrnoException {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return error instanceof Error && (code === "ENOSPC" || code === "EDQUOT");
}
