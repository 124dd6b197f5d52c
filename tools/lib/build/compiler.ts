import { ToolError } from "../error.ts";
import { contentKey } from "../fs/content-store.ts";
import { run } from "../proc/run.ts";

/** The compiler that kernels are built with. */
export interface Compiler {
  /** For make's `CC=`: with ccache in front when it is installed. */
  readonly cc: string;
  /** Of the version texts of compiler and linker; ccache does not count. */
  readonly id: string;
  /** First line of `gcc --version`. */
  readonly title: string;
}

/** clang of Debian 12; the kernel wants 13.0.1 (scripts/min-tool-version.sh @ 6.12.117). */
export const CLANG = "clang-14";
const VERSION_TIMEOUT_MS = 20_000;

/**
 * Asks gcc and ld for their versions, and whether ccache is there.
 *
 * @param prefix in front of both names, for another architecture

 * @throws ToolError `program-missing` (environment)
 */
export async function findCompiler(signal?: AbortSignal, prefix = ""): Promise<Compiler> {
  const gcc = await firstLine(`${prefix}gcc`, signal);
  const ld = await firstLine(`${prefix}ld`, signal);
  const cc = `${(await isThere("ccache", signal)) ? "ccache " : ""}${prefix}gcc`;
  return { cc, id: contentKey([gcc, ld]), title: gcc };
}

/**
 * Debian's clang of the kernel's minimum or newer, in the place of gcc.
 *
 * @throws ToolError `program-missing` (environment)
 */
export async function findClang(signal?: AbortSignal): Promise<Compiler> {
  const clang = await firstLine(CLANG, signal);
  const ld = await firstLine("ld", signal);
  const cc = (await isThere("ccache", signal)) ? `ccache ${CLANG}` : CLANG;
  return { cc, id: contentKey([clang, ld]), title: clang };
}

async function firstLine(file: string, signal?: AbortSignal): Promise<string> {
  const result = await run({
    file,
    args: ["--version"],
    env: { LC_ALL: "C" },
    timeoutMs: VERSION_TIMEOUT_MS,
    ...(signal === undefined ? {} : { signal }),
  });
  return new TextDecoder().decode(result.stdout).split("\n")[0] ?? "";
}

async function isThere(file: string, signal?: AbortSignal): Promise<boolean> {
  try {
    return (await firstLine(file, signal)) !== "";
  } catch (error) {
    if (error instanceof ToolError && error.code === "program-missing") return false;
    throw error;
  }
}
