import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { time } from "./measure.ts";

/**
 * Times `rfckit lint` and the tools for the same texts, one after the other. The tools come from
 * Debian packages that are unpacked and not installed; sphinx-lint, which Debian 12 does not have,
 * from a checkout that `--sphinx-lint DIR` names.
 */
const ROOT = resolve(import.meta.dirname, "..");
const PAGE = join(ROOT, "docs/reference/lint-benchmarks.md");
const RFCKIT = join(ROOT, "bin/rfckit.js");
const MM = "Documentation/mm";
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
for path in pathlib.Path(sys.argv[1]).rglob("*.rst"):
    document = utils.new_document(str(path), settings)
    try:
        Parser().parse(path.read_text(errors="replace"), document)
    except Exception:
        pass
`;
const PARSE = `
import { readdirSync, readFileSync } from "node:fs";
const { parseRst } = await import("${ROOT}/dist/checks/doc/rst/parser.js");
const top = process.argv[1];
for (const path of readdirSync(top, { recursive: true, encoding: "utf8" })) {
  if (path.endsWith(".rst")) parseRst(readFileSync(top + "/" + path, "utf8"));
}
`;

interface Usage {
  readonly wall: number;
  /** User and system seconds of the process and its children. */
  readonly cpu: number;
}

/** Runs a program in the kernel tree; what it finds or says does not count here. */
function measure(file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Usage {
  const script = '"$@" >/dev/null 2>&1; times';
  const started = performance.now();
  const { stdout } = spawnSync("/bin/bash", ["-c", script, "bash", file, ...args], {
    cwd: TOP,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  const wall = (performance.now() - started) / 1000;
  const [user = 0, system = 0] = (stdout.trim().split("\n").at(-1) ?? "")
    .split(" ")
    .map((text) => Number(text.replace(/^(\d+)m|s$/g, "")) + 60 * Number.parseInt(text, 10));
  return { wall, cpu: user + system };
}

function unpack(dir: string): string {
  const quiet = { cwd: dir, stdio: "ignore" } as const;
  execFileSync("apt-get", ["download", ...PACKAGES.split(" ")], quiet);
  for (const name of readdirSync(dir).filter((it) => it.endsWith(".deb"))) {
    execFileSync("dpkg-deb", ["-x", name, "root"], quiet);
  }
  return join(dir, PACKAGE_DIR);
}

function option(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

type Row = readonly [string, string, readonly string[], NodeJS.ProcessEnv];

/** What reads `scope`; doc8 and rstcheck take minutes for the whole tree: `--slow` asks for it. */
function rowsOf(scope: string, dir: string, checkout: string | undefined): Row[] {
  const packages = join(dir, PACKAGE_DIR);
  const python = { PYTHONPATH: [packages, checkout ?? ""].join(":") };
  const node = process.execPath;
  const python3 = "/usr/bin/python3";
  const lint = [RFCKIT, "lint", scope];
  const rows: Row[] = [
    ["rfckit, parse", node, ["--input-type=module", "-e", PARSE, scope], {}],
    ["rfckit lint, index kept", node, lint, {}],
  ];
  if (checkout !== undefined) {
    rows.push(["sphinx-lint -j1", python3, ["-m", "sphinxlint", "-j1", scope], python]);
  }
  rows.push(["docutils, parse", python3, ["-c", DOCUTILS, scope], python]);
  if (scope === MM || process.argv.includes("--slow")) {
    const check = "from rstcheck._cli import main; main()";
    rows.push(["doc8", python3, ["-m", "doc8", "-q", scope], python]);
    rows.push(["rstcheck", python3, ["-c", check, "-r", scope], python]);
  }
  if (scope === MM) {
    const empty = { XDG_CACHE_HOME: join(dir, "cache") };
    rows.push(["rfckit lint, and the index of the whole tree made", node, lint, empty]);
  }
  return rows;
}

function table(scope: string, dir: string, checkout: string | undefined): string {
  const rows = rowsOf(scope, dir, checkout).map(([name, file, args, env]) => {
    console.error(scope, name);
    const { wall, cpu } = measure(file, args, env);
    return `| ${name} | ${cpu.toFixed(2)} | ${wall.toFixed(2)} |`;
  });
  const head = "| what | CPU seconds | wall seconds |\n| --- | --- | --- |";
  return `## ${scope}\n\n${head}\n${rows.join("\n")}\n`;
}

function main(): void {
  const dir = mkdtempSync(join(tmpdir(), "rfckit-bench-"));
  const checkout = option("--sphinx-lint");
  const packages = unpack(dir);
  // A checkout has no record of an installed package, and sphinx-lint asks for its version.
  mkdirSync(join(packages, "sphinx_lint-0.dist-info"));
  writeFileSync(
    join(packages, "sphinx_lint-0.dist-info/METADATA"),
    "Name: sphinx-lint\nVersion: 0\n",
  );
  measure(process.execPath, [RFCKIT, "lint", MM]);
  const before = loadavg()[0]?.toFixed(1);
  const tables = [MM, "Documentation"].map((scope) => table(scope, dir, checkout));
  rmSync(dir, { recursive: true, force: true });
  const page = `# How long the documentation linter takes

Made by \`npm run bench:lint -- --sphinx-lint DIR\`: don't edit. DIR is a checkout of sphinx-lint.

Machine: ${cpus().length} cores, Node ${process.version}, load ${before} before and
${loadavg()[0]?.toFixed(1)} after (other work makes the wall clock longer, and
the CPU seconds somewhat). Each run is a process of its own; what was read is the base of the
series.

${tables.join("\n")}`;
  writeFileSync(PAGE, page);
  console.error(page);
}

main();
