import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { ToolMessage } from "../build/tool-messages.ts";
import { run } from "../proc/run.ts";
import type { LaidSources } from "./compile-program.ts";

/** What came of a program. */
export interface ProgramBuild {
  /** Errors of compiler and linker. */
  readonly messages: readonly ToolMessage[];
  /** What is not on this machine, or can't be told from the Makefile's text; empty when built. */
  readonly missing: readonly string[];
}

const MAIN = /\bmain\s*\(|TEST_HARNESS_MAIN/;
const TIMEOUT_MS = 60_000;
/** `mm/a.c:12: undefined reference to `a'`, as ld says it of code with line numbers. */
const UNDEFINED = /^(?:\S*ld: )?(\S+?):(\d+): undefined reference to [`'"](\w+)'/gm;

/**
 * Links a program of the selftests with the files and libraries that its Makefile names. The
 * Makefile is read and not carried out: it comes from the patches, and could do anything.
 *
 * @param path of a C file that compiles
 * @throws ToolError `program-missing` (environment)
 */
export async function linkProgram(
  { dir, flags }: LaidSources,
  path: string,
  signal: AbortSignal,
): Promise<ProgramBuild> {
  if (!MAIN.test(await readFile(join(dir, path), "utf8"))) return { messages: [], missing: [] };
  const folder = dirname(path);
  const makefile = await readFile(join(dir, folder, "Makefile"), "utf8").catch(() => "");
  const { helpers, libraries } = partsOf(makefile, basename(path));
  const linked: string[] = [];
  for (const name of libraries) if (await isThere(name, signal)) linked.push(name);
  const helperPaths = helpers.map((name) => join(folder, name));
  const words = ["-O2", "-g", "-w", "-pthread", ...flags, path, ...helperPaths];
  const args = [...words, "-o", `${path}.linked`, ...linked.map((name) => `-l${name}`)];
  const options = { cwd: dir, env: { LC_ALL: "C" }, timeoutMs: TIMEOUT_MS, signal };
  const { code, stderr } = await run({ file: "gcc", args, ...options });
  if (code === 0) return { messages: [], missing: [] };
  const said = new TextDecoder().decode(stderr);
  const messages = undefinedIn(said, dir);
  const absent = libraries.filter((name) => !linked.includes(name)).map((name) => `lib${name}`);
  const unread = makefile.includes("pkg-config") ? ["libraries of pkg-config"] : [];
  const sources = await readSources(join(dir, folder));
  const elsewhere = messages.flatMap(({ text }) => {
    const name = /'(\w+)'/.exec(text)?.[1] ?? "";
    return sources.filter(({ text: code }) => defines(code, name)).map(({ file }) => file);
  });
  const named = elsewhere.filter((file) => makefile.includes(basename(file).replace(/\.\w+$/, "")));
  const flagged = messages.some(({ text }) => text.includes("'__builtin_")) ? ["its flags"] : [];
  const missing = [...new Set([...absent, ...unread, ...flagged, ...named])];
  if (missing.length > 0) return { messages: [], missing };
  if (messages.length > 0) return { messages, missing: [] };
  return { messages: [], missing: [said.trim().split("\n").at(-1) ?? "a linker"] };
}

/** C files and libraries that a program is linked with. */
export function partsOf(
  makefile: string,
  source: string,
): { readonly helpers: readonly string[]; readonly libraries: readonly string[] } {
  const lines = makefile.replaceAll(/\\\n/g, " ").split("\n");
  const rules = lines.flatMap((line) => {
    // A line without a target is for every program, as a recipe may be.
    const [, targets, rest = line] = /^([^\t#=:]+):(?![:=])(.*)$/.exec(line) ?? [];
    return /^\s*#/.test(line) || !isFor(targets, source) ? [] : [{ targets, rest }];
  });
  const helpers = rules
    .filter(({ targets, rest }) => targets !== undefined && !rest.includes("="))
    .flatMap(({ rest }) => rest.split(/\s+/).filter((file) => /^[\w-]+\.c$/.test(file)));
  const libraries = rules
    .filter(({ rest }) => /LDLIBS|LDFLAGS|\$\(CC\)/.test(rest))
    .flatMap(({ rest }) => [...rest.matchAll(/(?<=\s)-l(\w+)/g)].map(([, name = ""]) => name));
  const others = helpers.filter((file) => file !== source);
  return { helpers: [...new Set(others)], libraries: [...new Set(libraries)] };
}

/** Whether one of the targets is the program, or a variable that may have it. */
function isFor(targets: string | undefined, source: string): boolean {
  if (targets === undefined) return true;
  const name = source.replace(/\.c$/, "");
  const own = targets.trim().split(/\s+/);
  return own.some((one) => /^\$\(\w+\)$/.test(one) || one.replace("$(OUTPUT)/", "") === name);
}

function undefinedIn(said: string, dir: string): ToolMessage[] {
  return [...said.matchAll(UNDEFINED)].map(([, path = "", line = "0", name = ""]) => ({
    path: path.replace(`${dir}/`, ""),
    line: Number(line),
    severity: "error",
    kind: "linker",
    text: `undefined reference to '${name}'`,
  }));
}

/** gcc repeats the name of a library that it does not know, and says where one is that it does. */
async function isThere(library: string, signal: AbortSignal): Promise<boolean> {
  for (const file of [`lib${library}.so`, `lib${library}.a`]) {
    const args = [`-print-file-name=${file}`];
    const { stdout } = await run({ file: "gcc", args, timeoutMs: TIMEOUT_MS, signal });
    if (new TextDecoder().decode(stdout).startsWith("/")) return true;
  }
  return false;
}

async function readSources(dir: string) {
  const names = await readdir(dir, { recursive: true });
  const files = names.filter((name) => /\.[cS]$/.test(name));
  return await Promise.all(
    files.map(async (file) => ({ file, text: await readFile(join(dir, file), "utf8") })),
  );
}

/** A definition in C begins in the first column; a label of assembly does so, too. */
function defines(code: string, name: string): boolean {
  return new RegExp(`^(?:[A-Za-z_][^;=(]*[\\s*])?${name}\\s*(?:\\([^;]*$|:)`, "m").test(code);
}
