import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gitBytes } from "../../tools/lib/git/git.ts";
import { requireSuccess } from "../../tools/lib/proc/check-result.ts";
import { run } from "../../tools/lib/proc/run.ts";

/** C expressions by the names that a test knows them by. */
export type Expressions = Readonly<Record<string, string>>;

/** What the compiler made of them. */
export type Facts = Readonly<Record<string, bigint>>;

/** Asks a compiler about the UAPI headers of one commit. */
export interface HeaderCompiler {
  /** Values of constant expressions, as 64-bit numbers with their sign. */
  readonly evaluate: (target: Target, expressions: Expressions) => Promise<Facts>;
  /** The bytes of an object that is declared to be `IN_SECTION`. */
  readonly bytesOf: (target: Target, declarations: string) => Promise<Uint8Array>;
  /** The text of include/uapi/linux/hbf.h. */
  readonly header: string;
  readonly close: () => Promise<void>;
}

/**
 * What the machine's own gcc can compile for. The last has x86-64's layout with the bytes of each
 * member the other way round, as on s390x.
 */
export const TARGETS = ["x86-64", "i386", "big-endian"] as const;

export type Target = (typeof TARGETS)[number];

const MACHINE_FLAG = { "x86-64": "-m64", i386: "-m32", "big-endian": "-m64" } as const;
const BIG_ENDIAN = "#pragma scalar_storage_order big-endian";

const HEADERS = ["include/uapi", "arch/x86/include/uapi"];
const FLAGS = ["-ffreestanding", "-nostdinc", "-D__EXPORTED_HEADERS__", "-Wall", "-Werror"];
const TIMEOUT_MS = 60_000;
/** What headers_install would add: forwards to asm-generic, and nothing for the kernel's own. */
const ADDED: Readonly<Record<string, string>> = {
  "asm/types.h": "#include <asm-generic/types.h>\n",
  "asm/ioctl.h": "#include <asm-generic/ioctl.h>\n",
  "asm/errno.h": "#include <asm-generic/errno.h>\n",
  "linux/compiler_types.h": "",
};

/** Unpacks the UAPI headers of a commit; no header of the machine is used with them. */
export async function openHeaderCompiler(gitDir: string, treeish: string): Promise<HeaderCompiler> {
  const dir = await mkdtemp(join(tmpdir(), "rfckit-header-"));
  const archive = await gitBytes({ dir: gitDir, args: ["archive", treeish, ...HEADERS] });
  await checked("tar", ["-x", "-f", "-", "-C", dir], archive);
  for (const [path, text] of Object.entries(ADDED)) {
    await mkdir(join(dir, "added", path, ".."), { recursive: true });
    await writeFile(join(dir, "added", path), text);
  }
  const includes = ["added", ...HEADERS].flatMap((path) => ["-I", join(dir, path)]);
  const bytesOf = async (target: Target, declarations: string): Promise<Uint8Array> => {
    const [object, raw] = [join(dir, "unit.o"), join(dir, "unit.bin")];
    const flags = [MACHINE_FLAG[target], ...FLAGS, ...includes];
    const source = [
      "#include <linux/types.h>\n#include <linux/ioctl.h>\n#include <asm/errno.h>",
      ...(target === "big-endian" ? [BIG_ENDIAN] : []),
      `#include <linux/hbf.h>\n${declarations}\n`,
    ].join("\n");
    await checked("gcc", [...flags, "-x", "c", "-c", "-o", object, "-"], source);
    await checked("objcopy", ["-O", "binary", "--only-section=facts", object, raw]);
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
    header: await readFile(join(dir, "include/uapi/linux/hbf.h"), "utf8"),
    close: () => rm(dir, { recursive: true }),
  };
}

/** Goes behind a declarator: where `bytesOf` looks. */
export const IN_SECTION = '__attribute__((section("facts"), used))';

async function checked(
  file: string,
  args: readonly string[],
  input: string | Uint8Array = "",
): Promise<void> {
  const result = await run({ file, args, input, timeoutMs: TIMEOUT_MS });
  requireSuccess(result, { writesTo: tmpdir(), code: "header-not-compiled" });
}
