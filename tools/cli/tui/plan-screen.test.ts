import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makeUserTree, shell } from "../../../tests/support/fake-kernel.ts";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { runSeries } from "../../../tests/support/series-command.ts";
import { EXIT } from "../../lib/error.ts";

const DRIVER = resolve(import.meta.dirname, "../../../tests/support/run-rfckit.ts");
const TSX = createRequire(import.meta.url).resolve("tsx");
const WAIT_MS = 30_000;

const PLAN = `# kept
commits:
  - message: "mm: one"
    take:
      - path: mm/one.c
  - message: "mm: two"
    take:
      - path: mm/two.c
`;

async function openLab() {
  const dir = await scratchDir();
  const tree = await makeUserTree(dir);
  const git = (...args: string[]): Promise<string> => shell(tree.dir, "git", args);
  for (const name of ["one", "two", "three"]) {
    writeFileSync(join(tree.dir, "mm", `${name}.c`), `int ${name};\n`);
  }
  await git("add", "-f", "-A");
  await git("commit", "-q", "-m", "mm: all");
  mkdirSync(join(dir, "patches", "v1"), { recursive: true });
  writeFileSync(
    join(dir, "patches", "series.yaml"),
    `name: demo
title: a demo
stage: v1
base: { package: p-1, version: "1", tag: base, commit: ${tree.base} }
stages: { v1: { folder: v1, version: 1, prefix: PATCH } }
`,
  );
  const plan = join(dir, "plan.yaml");
  writeFileSync(plan, PLAN);
  return { dir, tree: tree.dir, plan };
}

/** A terminal of 80 by 24 in which a command runs; keys go in, the screen comes out. */
function openTerminal(dir: string, command: readonly string[]) {
  const socket = join(dir, "tmux");
  const tmux = (...args: string[]): string =>
    execFileSync("tmux", ["-S", socket, "-f", "/dev/null", ...args], { encoding: "utf8" });
  const quoted = command.map((word) => `'${word}'`).join(" ");
  const config = resolve(import.meta.dirname, "../tsconfig.json");
  const env = `env -u CI NO_COLOR=1 TSX_TSCONFIG_PATH=${config}`;
  const cache = `XDG_CACHE_HOME='${join(dir, "cache")}'`;
  const line = `${env} ${cache} ${quoted}; echo "ended with $?"; sleep 60`;
  tmux("new-session", "-d", "-x", "80", "-y", "24", "-c", dir, line);
  onTestFinished(() => {
    spawnSync("tmux", ["-S", socket, "kill-server"]);
  });
  const screen = (): string => tmux("capture-pane", "-p");
  return {
    keys: (...names: string[]): string => tmux("send-keys", ...names),
    async until(text: string | RegExp): Promise<string> {
      const end = Date.now() + WAIT_MS;
      for (;;) {
        const shown = screen();
        if (typeof text === "string" ? shown.includes(text) : text.test(shown)) return shown;
        if (Date.now() > end) throw new Error(`no '${text}' on the screen:\n${shown}`);
        await new Promise((done) => setTimeout(done, 50));
      }
    },
  };
}

test("a plan is completed by keys on a terminal of 80 by 24, and written to its file", async () => {
  const { dir, tree, plan } = await openLab();
  const words = ["series", "split", "mine", "--edit", "--plan", plan, "--tree", tree];
  const terminal = openTerminal(dir, [process.execPath, "--import", TSX, DRIVER, ...words]);
  const first = await terminal.until("changes unassigned");
  expect(first).toContain("2 commits, 1 changes unassigned");
  expect(first).toMatch(/^>unassigned: 1\n {5}mm\/three\.c \+1 :1 int three;$/m);
  expect(first).toContain("q leave");
  expect(Math.max(...first.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  terminal.keys("Down");
  await terminal.until(/^> {4}mm\/three/m);
  terminal.keys("2");
  await terminal.until("1 change now in commit 2");
  terminal.keys("n");
  await terminal.until("subject: _");
  terminal.keys("-l", "mm: new");
  await terminal.until("subject: mm: new_");
  terminal.keys("Enter");
  await terminal.until("3. mm: new (0)");
  expect(readFileSync(plan, "utf8")).toBe(PLAN);
  terminal.keys("w");
  await terminal.until(/^written: /m);
  terminal.keys("q");
  expect(await terminal.until("ended with")).toContain("0 changes unassigned, 1 problems");
  expect(await terminal.until("ended with")).toContain("ended with 1");
  const written = readFileSync(plan, "utf8");
  expect(written).toContain("# kept\n");
  expect(written).toMatch(/mm\/two\.c\n {6}- hunk: [0-9a-f"]+\n/);
}, 120_000);

test("without a terminal the screen is refused with another way", async () => {
  const { dir, tree, plan } = await openLab();
  const done = await runSeries(dir, tree, ["split", "mine", "--edit", "--plan", plan]);
  expect(done.code).toBe(EXIT.usage);
  expect(done.talk).toContain("needs a terminal");
  expect(done.talk).toContain("--list");
  expect(readFileSync(plan, "utf8")).toBe(PLAN);
});
