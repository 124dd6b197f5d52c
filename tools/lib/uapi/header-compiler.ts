import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ToolError } from "../error.ts";
import { gitBytes } from "../git/git.ts";
import { requireSuccess } from "../proc/check-result.ts";
import { type RunResult, run } from "../proc/run.ts";

/** C expressions by the names that a caller knows them by. */
export type Expressions = Readonly<Record<string, string>>;

/** What the compiler made of them. */
export type Facts = Readonly<Record<string, bigint>>;

/** Asks a compiler about the UAPI headers of one commit. */
export interface HeaderCompiler {
  /** Values of constant expressions, as 64-bit numbers with their sign. */
  readonly evaluate: (target: Target, expressions: Expressions) => Promise<Facts>;
  /** The bytes of an object that is declared to be `IN_SECTION`. */
  readonly bytesOf: (target: Target, declarations: string) => Promise<Uint8Array>;
  /** What the compiler says of the header alone, included twice, as C90; empty when it is good. */
  readonly compileAlone: (target: Target) => Promise<readonly string[]>;
  /** The text of the header. */
  readonly header: string;
  readonly close: () => Promise<void>;
}

/**
 * What the machine's own gcc can compile for. The last has x86-64's layout with the bytes of each
 * member the other way round, as on s390x.
 */
export const TARGETS = ["x86-64", "i386", "big-endian"] as const;

/** One of `TARGETS`, or `arm64`, for which a compiler of its own has to be there. */
export type Target = (typeof TARGETS)[number] | "arm64";

const GCC: Readonly<Record<Target, readonly [file: string, ...flags: string[]]>> = {
  "x86-64": ["gcc", "-m64"],
  i386: ["gcc", "-m32"],
  "big-endian": ["gcc", "-m64"],
  arm64: ["aarch64-linux-gnu-gcc"],
};
const BIG_ENDIAN = "#pragma scalar_storage_order big-endian";

const HEADERS = ["include/uapi", "arch/x86/include/uapi"];
const FLAGS = ["-ffreestanding", "-nostdinc", "-D__EXPORTED_HEADERS__", "-Wall", "-Werror"];
/** As usr/include/Makefile asks of every exported header @ 6.12.117. */
const ALONE = ["-std=c90", "-Werror=implicit-function-declaration", "-fsyntax-only"];
const TIMEOUT_MS = 60_000;
/** What headers_install would add: forwards to asm-generic, and nothing for the kernel's own. */
const ADDED: Readonly<Record<string, string>> = {
  "asm/types.h": "#include <asm-generic/types.h>\n",
  "asm/ioctl.h": "#include <asm-generic/ioctl.h>\n",
  "asm/errno.h": "#include <asm-generic/errno.h>\n",
  "linux/compiler_types.h": "",
};

/** The header that is asked about unless another is named. */
const HBF_HEADER = "include/uapi/linux/hbf.h";

/**
 * Unpacks the UAPI headers of a commit; no header of the machine is used with them.
 *
 * @param path of the header that is asked about, below `include/uapi/`
 */
export async function openHeaderCompiler(
  gitDir: string,
  treeish: string,
  path = HBF_HEADER,
): Promise<HeaderCompiler> {
  const dir = await mkdtemp(join(tmpdir(), "rfckit-header-"));
  const archive = await gitBytes({ dir: gitDir, args: ["archive", treeish, ...HEADERS] });
  await checked("tar", ["-x", "-f", "-", "-C", dir], archive);
  for (const [name, text] of Object.entries(ADDED)) {
    await mkdir(join(dir, "added", name, ".."), { recursive: true });
    await writeFile(join(dir, "added", name), text);
  }
  const folders = ["added", ...HEADERS].flatMap((name) => ["-I", join(dir, name)]);
  const include = `#include <${path.replace("include/uapi/", "")}>`;
  const gcc = (target: Target, args: readonly string[], source: string): Promise<RunResult> => {
    const [file, ...machine] = GCC[target];
    const all = [...machine, ...FLAGS, ...folders, ...args, "-x", "c", "-"];
    return run({ file, args: all, input: source, timeoutMs: TIMEOUT_MS, env: { LC_ALL: "C" } });
  };
  const bytesOf = async (target: Target, declarations: string): Promise<Uint8Array> => {
    const [object, raw] = [join(dir, "unit.o"), join(dir, "unit.bin")];
    const source = [
      "#include <linux/types.h>\n#include <linux/ioctl.h>\n#include <asm/errno.h>",
      ...(target === "big-endian" ? [BIG_ENDIAN] : []),
      `${include}\n${declarations}\n`,
    ].join("\n");
    requireCompiled(await gcc(target, ["-c", "-o", object], source));
    const objcopy = target === "arm64" ? "aarch64-linux-gnu-objcopy" : "objcopy";
    await checked(objcopy, ["-O", "binary", "--only-section=facts", object, raw]);
    return await readFile(raw);
  };
  return {
    bytesOf,
    evaluate: async (target, expressions) => {
      const values = Object.values(expressions).map((text) => `(long long)(${text})`);
      const array = `const long long value[] ${IN_SECTION} = {\n${values.join(",\n")} };`;
      const bytes = await bytesOf(target, array);
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const names = Object.keys(expressions);
      return Object.fromEntries(names.map((name, at) => [name, view.getBigInt64(at * 8, true)]));
    },
    compileAlone: async (target) => {
      const { code, stderr } = await gcc(target, ALONE, `${include}\n${include}\n`);
      const lines = new TextDecoder().decode(stderr).replaceAll(`${dir}/`, "").split("\n");
      return code === 0 ? [] : lines.filter((line) => /: (?:fatal )?error: /.test(line));
    },
    header: await readFile(join(dir, path), "utf8"),
    close: () => rm(dir, { recursive: true }),
  };
}

/** Whether this machine has a compiler for the target. */
export async function hasCompiler(target: Target): Promise<boolean> {
  const [file] = GCC[target];
  try {
    return (await run({ file, args: ["--version"], timeoutMs: TIMEOUT_MS })).code === 0;
  } catch (error) {
    if (error instanceof ToolError && error.code === "program-missing") return false;
    throw error;
  }
}

/** Goes behind a declarator: where `bytesOf` looks. */
export const IN_SECTION = '__attribute__((section("facts"), used))';

async function checked(
  file: string,
  args: readonly string[],
  input: string | Uint8Array = "",
): Promise<void> {
  requireCompiled(await run({ file, args, input, timeoutMs: TIMEOUT_MS }));
}

function requireCompiled(result: RunResult): void {
  requireSuccess(result, { writesTo: tmpdir(), code: "header-not-compiled" });
}
