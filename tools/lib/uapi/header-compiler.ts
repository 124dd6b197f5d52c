import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CLANG } from "../build/compiler.ts";
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
  /** As `evaluate`, without those that are no constants; undefined when the header is no C. */
  readonly evaluateKnown: (target: Target, expressions: Expressions) => Promise<Facts | undefined>;
  /** The bytes of an object that is declared to be `IN_SECTION`. */
  readonly bytesOf: (target: Target, declarations: string) => Promise<Uint8Array>;
  /** What the compiler says of the header alone, included twice, as C90; empty when it is good. */
  readonly compileAlone: (target: Target) => Promise<readonly string[]>;
  /** The text of the header. */
  readonly header: string;
  readonly close: () => Promise<void>;
}

/**
 * Machines whose layouts are compared: 64 and 32 bit, another architecture, and one that is big
 * endian. x86 is compiled by the kernel's own compiler; the others by clang, which needs neither a
 * cross toolchain nor a sysroot for it.
 */
export const TARGETS = ["x86-64", "i386", "arm64", "s390x"] as const;

export type Target = (typeof TARGETS)[number];

interface Machine {
  readonly compiler: readonly [file: string, ...flags: string[]];
  /** The folder below `arch/`. */
  readonly arch: string;
  /** As objcopy calls the object file; the generic names read machines that it does not know. */
  readonly format: string;
  readonly isBigEndian?: true;
}

const MACHINES: Readonly<Record<Target, Machine>> = {
  "x86-64": { compiler: ["gcc", "-m64"], arch: "x86", format: "elf64-x86-64" },
  i386: { compiler: ["gcc", "-m32"], arch: "x86", format: "elf32-i386" },
  arm64: {
    compiler: [CLANG, "--target=aarch64-linux-gnu"],
    arch: "arm64",
    format: "elf64-little",
  },
  s390x: {
    compiler: [CLANG, "--target=s390x-linux-gnu"],
    arch: "s390",
    format: "elf64-big",
    isBigEndian: true,
  },
};

/** The machines that have a header: those of its folder below arch/, or all of them. */
export function targetsOf(path: string): readonly Target[] {
  const [, arch] = /^arch\/(\w+)\//.exec(path) ?? [];
  return TARGETS.filter((target) => arch === undefined || MACHINES[target].arch === arch);
}

const archHeaders = (arch: string) => `arch/${arch}/include/uapi`;
const GENERIC_HEADERS = "include/uapi";
const HEADERS = [
  GENERIC_HEADERS,
  ...new Set(TARGETS.map((target) => archHeaders(MACHINES[target].arch))),
];
/** What scripts/headers_install.sh @ 6.12.117 replaces in the text of each header. */
const INSTALLED = [
  ...["-D__EXPORTED_HEADERS__", "-D__user=", "-D__force=", "-D__iomem=", "-D__attribute_const__="],
  ...["-D__packed=__attribute__((packed))", "-Dinline=__inline__", "-Dasm=__asm__"],
];
const FLAGS = ["-ffreestanding", "-nostdinc", ...INSTALLED, "-Wall", "-Werror"];
/** As usr/include/Makefile asks of every exported header @ 6.12.117. */
const ALONE = ["-std=c90", "-Werror=implicit-function-declaration", "-fsyntax-only"];
const TIMEOUT_MS = 60_000;
/** For what a header gives, which warnings are no matter of. */
const QUIET = ["-w"];
/** A compiler that stops early says not at once what is no constant. */
const MOST_TRIES = 20;
/** The kernel's own, which headers_install takes the inclusion of out. */
const NOT_EXPORTED = ["linux/compiler.h", "linux/compiler_types.h"];
const GENERIC = `${GENERIC_HEADERS}/asm-generic`;

/** What the expressions of callers may use beside the header. */
const BEFORE = "#include <linux/types.h>\n#include <linux/ioctl.h>\n#include <asm/errno.h>";

/** The header that is asked about unless another is named. */
const HBF_HEADER = "include/uapi/linux/hbf.h";

/**
 * Unpacks the UAPI headers of a commit; no header of the machine is used with them.
 *
 * @param path of the header that is asked about, below `include/uapi/`
 * @throws ToolError `header-not-compiled`; `program-missing` (environment) without a compiler;
 *   `header-elsewhere` (environment) for a header of an architecture that is none of `TARGETS`
 */
export async function openHeaderCompiler(
  gitDir: string,
  treeish: string,
  path = HBF_HEADER,
): Promise<HeaderCompiler> {
  if (targetsOf(path).length === 0) throw elsewhere(path);
  const dir = await mkdtemp(join(tmpdir(), "rfckit-header-"));
  const archive = await gitBytes({ dir: gitDir, args: ["archive", treeish, ...HEADERS] });
  await checked("tar", ["-x", "-f", "-", "-C", dir], archive);
  await writeAdded(dir);
  const include = `#include <${path.replace(/^.*include\/uapi\//, "")}>`;
  const compile = (target: Target, args: readonly string[], input: string): Promise<RunResult> => {
    const { compiler, arch } = MACHINES[target];
    const [file, ...flags] = compiler;
    const folders = [archHeaders(arch), GENERIC_HEADERS, "added"];
    const searched = folders.flatMap((name) => ["-I", join(dir, name)]);
    const all = [...flags, ...FLAGS, ...searched, ...args, "-x", "c", "-"];
    return run({ file, args: all, input, timeoutMs: TIMEOUT_MS, env: { LC_ALL: "C" } });
  };
  const sourceOf = (declarations: string) => `${BEFORE}\n${include}\n${declarations}\n`;
  const bytesOf = async (
    target: Target,
    declarations: string,
    flags: readonly string[] = [],
  ): Promise<Uint8Array> => {
    const [object, raw] = [join(dir, `${target}.o`), join(dir, `${target}.bin`)];
    const args = [...flags, "-c", "-o", object];
    requireCompiled(await compile(target, args, sourceOf(declarations)));
    const { format } = MACHINES[target];
    const copied = ["-I", format, "-O", "binary", "--only-section=facts", object, raw];
    await checked("objcopy", copied);
    return await readFile(raw);
  };
  const evaluate = async (
    target: Target,
    expressions: Expressions,
    flags: readonly string[] = [],
  ): Promise<Facts> => {
    const bytes = await bytesOf(target, arrayOf(expressions), flags);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const isLittle = MACHINES[target].isBigEndian !== true;
    const value = (at: number): bigint => view.getBigInt64(at * 8, isLittle);
    return Object.fromEntries(Object.keys(expressions).map((name, at) => [name, value(at)]));
  };
  return {
    bytesOf,
    evaluate,
    async evaluateKnown(target, expressions) {
      let known = expressions;
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const args = [...QUIET, "-fsyntax-only"];
        const { code, stderr } = await compile(target, args, sourceOf(arrayOf(known)));
        if (code === 0) return await evaluate(target, known, QUIET);
        const found = new TextDecoder().decode(stderr).matchAll(/^facts:(\d+):/gm);
        const bad = new Set([...found].map(([, line]) => Number(line)));
        if (bad.size === 0) return undefined;
        known = Object.fromEntries(Object.entries(known).filter((_, at) => !bad.has(at + 1)));
      }
      return undefined;
    },
    compileAlone: async (target) => {
      const { code, stderr } = await compile(target, ALONE, `${include}\n${include}\n`);
      const lines = new TextDecoder().decode(stderr).replaceAll(`${dir}/`, "").split("\n");
      return code === 0 ? [] : lines.filter((line) => /: (?:fatal )?error: /.test(line));
    },
    header: await readFile(join(dir, path), "utf8"),
    close: () => rm(dir, { recursive: true }),
  };
}

/** An array of the values, with the n-th of them in line n of a file that is called `facts`. */
function arrayOf(expressions: Expressions): string {
  const values = Object.values(expressions).map((text) => `(long long)(${text})`);
  const lines = `#line 1 "facts"\n${values.join(",\n")}`;
  return `const long long value[] ${IN_SECTION} = {\n${lines}\n};`;
}

/** Adds what headers_install would: forwards to asm-generic, behind an architecture's own. */
async function writeAdded(dir: string): Promise<void> {
  for (const name of ["asm", "linux"]) await mkdir(join(dir, "added", name), { recursive: true });
  const generic = await readdir(join(dir, GENERIC));
  const forwards = generic.map((name) => [`asm/${name}`, `#include <asm-generic/${name}>\n`]);
  for (const [name = "", text = ""] of [...forwards, ...NOT_EXPORTED.map((one) => [one, ""])]) {
    await writeFile(join(dir, "added", name), text);
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

function elsewhere(path: string): ToolError {
  return new ToolError(`'${path}' is of a machine that no compiler is asked about`, {
    kind: "environment",
    code: "header-elsewhere",
    hints: [`the headers of these are compiled: ${TARGETS.join(", ")}`],
  });
}
