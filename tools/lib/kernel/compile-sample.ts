import { existsSync } from "node:fs";
import { join } from "node:path";
import { readToolMessages } from "../build/tool-messages.ts";
import { type RunRequest, run } from "../proc/run.ts";

/** A sample of C as a document has it. */
export interface CSample {
  readonly code: string;
  /** A program, or code of the kernel. */
  readonly target: "user" | "kernel";
}

/** What the compiler has against a sample. */
export interface SampleError {
  /** 1-based, in the sample. */
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

export interface SampleHeaders {
  /** Top of the kernel tree. */
  readonly top: string;
  /** Folder laid out as the tree is, with the headers that a series adds or changes. */
  readonly added: string;
  /** Where the kernel was configured (`make O=`); needed for samples of the kernel. */
  readonly objects: string;
  readonly signal: AbortSignal;
}

const ARCH = process.arch === "arm64" ? "arm64" : "x86";
const FLAGS = ["-fsyntax-only", "-Werror=implicit-function-declaration", "-Werror=int-conversion"];
const USER = ["-D_GNU_SOURCE", "-D__EXPORTED_HEADERS__", "-D__user="];
const KERNEL =
  "-nostdinc -std=gnu11 -D__KERNEL__ -DMODULE -fshort-wchar -funsigned-char -fno-common " +
  "-fno-PIE -fno-strict-aliasing -mno-red-zone -Wno-main";
const NAMES = ['-DKBUILD_MODNAME="sample"', '-DKBUILD_BASENAME="sample"'];
const FORCED = ["compiler-version.h", "kconfig.h", "compiler_types.h"];
const TIMEOUT_MS = 60_000;
/** A file by its place, which is none of a sample's business. */
const FOREIGN = /^[ \t]*#[ \t]*include(?:_next)?[ \t]*[<"](?:\/|[^>"\n]*\.\.\/)/m;

/** A definition of a function: what has one is no body of another. */
const FUNCTION = /^\w[\w\s*]*\([^;{}]*\)\s*\{/m;
/** What a sample of the kernel need not include itself. */
const KERNEL_HEADERS = ["module", "mm", "slab", "gfp", "list", "sched"]
  .map((name) => `#include <linux/${name}.h>\n`)
  .join("");

/** Whether a kernel was configured in a folder, so that its headers can be compiled. */
export function isConfigured(objects: string): boolean {
  return existsSync(join(objects, "include/generated/autoconf.h"));
}

/**
 * Compiles a sample, without writing anything: as it is, and when that fails as the body of a
 * function. A line that is only an ellipsis stands for nothing.
 *
 * @throws ToolError `program-missing` (environment) without gcc
 */
export async function compileSample(
  sample: CSample,
  headers: SampleHeaders,
): Promise<readonly SampleError[]> {
  const code = sample.code.replace(/^[ \t]*(?:\.\.\.|…);?[ \t]*$/gm, "");
  const foreign = FOREIGN.exec(code);
  if (foreign !== null) {
    const line = code.slice(0, foreign.index).split("\n").length;
    return [{ line, column: 1, text: "a header is included by a path that leaves the tree" }];
  }
  const before = sample.target === "kernel" ? KERNEL_HEADERS : "";
  const whole = `${before}#line 1 "sample.c"\n${code}\n`;
  const found = await compile(whole, sample.target, headers);
  if (found.length === 0 || FUNCTION.test(code)) return found;
  return compile(before + asBody(code), sample.target, headers);
}

/** Headers go before the function; their lines stay, so that places do not move. */
function asBody(code: string): string {
  const directive = /^[ \t]*#[ \t]*include.*$/gm;
  const includes = (code.match(directive) ?? []).join("\n");
  const body = code.replace(directive, "");
  return `${includes}\nvoid sample(void);\nvoid sample(void)\n{\n#line 1 "sample.c"\n${body}\n}\n`;
}

async function compile(
  input: string,
  target: CSample["target"],
  headers: SampleHeaders,
): Promise<SampleError[]> {
  const args = [...FLAGS, ...(target === "user" ? userFlags(headers) : kernelFlags(headers))];
  const request: RunRequest = {
    file: "gcc",
    args: [...args, "-x", "c", "-"],
    input,
    env: { LC_ALL: "C" },
    timeoutMs: TIMEOUT_MS,
    signal: headers.signal,
  };
  const { stderr } = await run(request);
  return readToolMessages(new TextDecoder().decode(stderr), headers.top)
    .filter(({ severity }) => severity === "error")
    .map(({ path, line, column = 1, text }) =>
      path === "sample.c"
        ? { line, column, text }
        : { line: 1, column: 1, text: `${path}: ${text}` },
    );
}

/** The machine's headers, and behind them what only the tree has. */
function userFlags({ top, added }: SampleHeaders): string[] {
  const after = ["include/uapi", `arch/${ARCH}/include/uapi`].map((name) => join(top, name));
  return [
    ...USER,
    "-I",
    join(added, "include/uapi"),
    ...after.flatMap((folder) => ["-idirafter", folder]),
  ];
}

/** As the top Makefile's LINUXINCLUDE @ 6.12.117. */
function kernelFlags({ top, added, objects }: SampleHeaders): string[] {
  const folders = [
    join(added, "include"),
    join(added, "include/uapi"),
    join(top, `arch/${ARCH}/include`),
    join(objects, `arch/${ARCH}/include/generated`),
    join(top, "include"),
    join(objects, "include"),
    join(top, `arch/${ARCH}/include/uapi`),
    join(objects, `arch/${ARCH}/include/generated/uapi`),
    join(top, "include/uapi"),
    join(objects, "include/generated/uapi"),
  ];
  const forced = FORCED.flatMap((name) => ["-include", join(top, "include/linux", name)]);
  const arch = ARCH === "x86" ? ["-m64", "-mno-sse"] : [];
  return [
    ...KERNEL.split(" ").filter((flag) => ARCH === "x86" || flag !== "-mno-red-zone"),
    ...arch,
    ...NAMES,
    ...folders.flatMap((folder) => ["-I", folder]),
    ...forced,
  ];
}
