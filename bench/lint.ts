import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { median, spread, time } from "./measure.ts";

/**
 * Times `rfckit lint` and the tools for the same texts, in turns. The tools come from Debian
 * packages that are unpacked and not installed; sphinx-lint, which Debian 12 does not have, from a
 * checkout that `--sphinx-lint DIR` names. Each program is given the same list of files.
 */
const ROOT = resolve(import.meta.dirname, "..");
const PAGE = join(ROOT, "docs/reference/lint-benchmarks.md");
const RFCKIT = join(ROOT, "bin/rfckit.js");
const ROUNDS = 5;
/** What takes longer than this is run once. */
const LONG_SECONDS = 25;
const PACKAGE_DIR = "root/usr/lib/python3/dist-packages";
const PACKAGES =
  "python3-doc8 python3-rstcheck python3-docutils python3-restructuredtext-lint " +
  "python3-stevedore python3-pbr python3-typer python3-click python3-pydantic " +
  "python3-typing-extensions python3-chardet python3-roman python3-colorama " +
  "python3-pygments python3-regex python3-polib";
const TOP = time(process.execPath, [RFCKIT, "kernel", "get", "--print-path"]).stdout.trim();
const DOCUTILS = `
import pathlib, sys
from docutils import frontend, utils
from docutils.parsers.rst import Parser
settings = frontend.OptionParser(components=(Parser,)).get_default_values()
settings.report_level = 5
settings.halt_level = 5
for path in sys.argv[1:]:
    document = utils.new_document(path, settings)
    try:
        Parser().parse(pathlib.Path(path).read_text(errors="replace"), document)
    except Exception:
        pass
    print(path)
`;
const PARSE = `
import { readFileSync } from "node:fs";
const { parseRst } = await import("${ROOT}/dist/checks/doc/rst/parser.js");
for (const path of process.argv.slice(1)) {
  parseRst(readFileSync(path, "utf8"));
  console.log(path);
}
`;

interface Usage {
  readonly wall: number;
  /** User and system seconds of the process and its children. */
  readonly cpu: number;
}

interface Program {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Empties what the program keeps from one run to the next. */
  readonly prepare?: () => void;
}

/** Runs a program in the kernel tree; one that names no file of it did not do its work. */
function measure({ name, file, args, env, prepare }: Program, output: string): Usage {
  prepare?.();
  const script = `"$@" >${output} 2>&1; times`;
  const started = performance.now();
  const { stdout } = spawnSync("/bin/bash", ["-c", script, "bash", file, ...args], {
    cwd: TOP,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  const wall = (performance.now() - started) / 1000;
  const said = readFileSync(output, "utf8");
  if (!said.includes("Documentation/")) throw new Error(`${name}: ${said.slice(0, 500)}`);
  const [user = 0, system = 0] = (stdout.trim().split("\n").at(-1) ?? "")
    .split(" ")
    .map((text) => Number(text.replace(/^(\d+)m|s$/g, "")) + 60 * Number.parseInt(text, 10));
  return { wall, cpu: user + system };
}

/** Makes a folder that Python finds the tools in; a checkout lacks the record of its version. */
function unpack(dir: string): string {
  const quiet = { cwd: dir, stdio: "ignore" } as const;
  execFileSync("apt-get", ["download", ...PACKAGES.split(" ")], quiet);
  for (const name of readdirSync(dir).filter((it) => it.endsWith(".deb"))) {
    execFileSync("dpkg-deb", ["-x", name, "root"], quiet);
  }
  const packages = join(dir, PACKAGE_DIR);
  const record = join(packages, "sphinx_lint-0.dist-info");
  mkdirSync(record);
  writeFileSync(join(record, "METADATA"), "Name: sphinx-lint\nVersion: 0\n");
  return packages;
}

function programsFor(files: readonly string[], packages: string, checkout: string): Program[] {
  const node = process.execPath;
  const python = (name: string, ...args: string[]): Program => {
    const env = { PYTHONPATH: `${packages}:${checkout}` };
    return { name, file: "/usr/bin/python3", args: [...args, ...files], env };
  };
  const parse = ["--input-type=module", "-e", PARSE, ...files];
  return [
    { name: "rfckit lint", file: node, args: [RFCKIT, "lint", ...files] },
    python("sphinx-lint -j1", "-m", "sphinxlint", "-j1"),
    python("doc8", "-m", "doc8", "-q"),
    python("rstcheck", "-c", "from rstcheck._cli import main; main()"),
    python("docutils, parse only", "-c", DOCUTILS),
    { name: "rfckit, parse only", file: node, args: parse },
  ];
}

/** The index of the whole tree is made by whoever first lints a file of it. */
function indexProgram(dir: string): Program {
  const cache = join(dir, "cache");
  return {
    name: "rfckit lint of one file, and the index made",
    file: process.execPath,
    args: [RFCKIT, "lint", "Documentation/mm/vmemmap_dedup.rst"],
    env: { XDG_CACHE_HOME: cache },
    prepare: () => rmSync(cache, { recursive: true, force: true }),
  };
}

function listFiles(scope: string): string[] {
  const { stdout } = time("git", ["-C", TOP, "ls-files", `${scope}/*.rst`]);
  return stdout.trim().split("\n");
}

/** All programs in turns, so that what else the machine does falls on all of them. */
function runRounds(programs: readonly Program[], output: string): Map<string, Usage[]> {
  const usages = new Map<string, Usage[]>(programs.map(({ name }) => [name, []]));
  for (let round = 1; round <= ROUNDS; round++) {
    for (const program of programs) {
      const known = usages.get(program.name) ?? [];
      if ((known[0]?.cpu ?? 0) > LONG_SECONDS) continue;
      known.push(measure(program, output));
      console.error(round, program.name, known.at(-1));
    }
  }
  return usages;
}

function table(usages: ReadonlyMap<string, readonly Usage[]>): string {
  const cpusOf = (all: readonly Usage[]): number[] => all.map(({ cpu }) => cpu);
  const own = median(cpusOf(usages.get("rfckit lint") ?? []));
  const rows = [...usages].map(([name, all]) => {
    const wall = all.map((usage) => usage.wall);
    const ratio = (median(cpusOf(all)) / own).toFixed(2);
    return `| ${name} | ${spread(cpusOf(all), "s")} | ${spread(wall, "s")} | ${ratio} |`;
  });
  return [
    "| what | CPU | wall clock | CPU, that of rfckit lint = 1 |",
    "| --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

function option(name: string): string {
  const value = process.argv[process.argv.indexOf(name) + 1];
  if (!process.argv.includes(name) || value === undefined) throw new Error(`${name} is missing`);
  return resolve(value);
}

function main(): void {
  const checkout = option("--sphinx-lint");
  const dir = mkdtempSync(join(tmpdir(), "rfckit-bench-"));
  const packages = unpack(dir);
  const output = join(dir, "output");
  const before = loadavg()[0]?.toFixed(1);
  const [mm, all] = ["Documentation/mm", "Documentation"].map(listFiles);
  // What reads the files first would wait for the disk, and the index is made here.
  for (const program of programsFor(all ?? [], packages, checkout).slice(0, 1)) {
    measure(program, output);
  }
  const [mmTable, allTable] = [mm, all].map((files = []) => {
    const programs = programsFor(files, packages, checkout);
    const more = files === all ? [indexProgram(dir)] : [];
    return table(runRounds([...programs, ...more], output));
  });
  rmSync(dir, { recursive: true, force: true });
  const page = `# How long the documentation linter takes

Made by \`npm run bench:lint -- --sphinx-lint DIR\`: don't edit. DIR is a checkout of sphinx-lint.

Machine: ${cpus().length} cores, Node ${process.version}, load ${before} before and
${loadavg()[0]?.toFixed(1)} after (other work makes the wall clock longer, and
the CPU seconds somewhat). Each run is a process of its own, with its start; the files are those of
the base of the series, the same for all programs. The programs ran in turns: median (least to
greatest) of ${ROUNDS} runs, of one run where that took more than ${LONG_SECONDS} s. The index of
the tree was kept, but for the row that says so.

## Documentation/mm, ${mm?.length} files

${mmTable}

## Documentation, ${all?.length} files

${allTable}
`;
  writeFileSync(PAGE, page);
  console.error(page);
}

main();
