import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EXIT_MEANINGS } from "../tools/cli/help/man-page.ts";
import { reportError } from "../tools/cli/report-error.ts";
import { runCommandLine } from "../tools/cli/run-command-line.ts";
import { EXIT } from "../tools/lib/error.ts";
import { GOOD_CHECKPATCH, makeGateTree, rfckitHere } from "./support/gate-tree.ts";

const ROOT = resolve(import.meta.dirname, "..");
const RFCKIT = join(ROOT, "bin/rfckit.js");
const SIGNED = "Because.\n\nSigned-off-by: A <a@example.org>";
const COMMIT = { message: `mm: add b\n\n${SIGNED}`, files: { "mm/a.c": "int a;\nint b;\n" } };

let root = "";
/** A tree with one good commit, for each kind of checkpatch; and its mail. */
const trees: Record<string, string> = {};
let patch = "";
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "rfckit-exit-"));
  const programs = {
    good: GOOD_CHECKPATCH,
    garbage: 'print "all is well\\n"; exit 0;',
    dies: "die 'broken';",
    hangs: "sleep 600;",
    none: null,
  };
  for (const [name, program] of Object.entries(programs)) {
    mkdirSync(join(root, name));
    trees[name] = await makeGateTree([COMMIT], program, join(root, name));
  }
  const who = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
  const args = [...who, "format-patch", "-q", "-o", join(root, "out"), "base..topic"];
  execFileSync("git", args, { cwd: trees["good"] });
  patch = join(root, "out", readdirSync(join(root, "out"))[0] ?? "");
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const quick = (...more: string[]) => rfckitHere(root, ["ready", "--profile", "quick", ...more]);
/** One patch on the tree with a kind of checkpatch, so that nothing else keeps it from passing. */
const on = (name: string, ...more: string[]) =>
  quick(patch, "--tree", trees[name] ?? "", "--base", "base", ...more);
const range = (text: string) => ["--tree", trees["good"] ?? "", "--range", text];
const environment = { ...process.env, CI: "true" };

/** Every exit code but those of signals, and what gives it. */
const ROWS: readonly (readonly [keyof typeof EXIT, string, () => Promise<{ code: number }>])[] = [
  ["ready", "a good patch", () => on("good")],
  [
    "findings",
    "a patch that is not signed",
    () => quick(edited("Signed-off-by: A", "Signed-off-by: B")),
  ],
  ["usage", "an unknown profile", () => rfckitHere(root, ["ready", "--profile", "slow"])],
  [
    "usage",
    "a series.yaml that is not UTF-8",
    () => inProject(Buffer.from("name: \xff", "latin1")),
  ],
  ["usage", "an unknown option", () => rfckitHere(root, ["ready", "--no-such-option"])],
  ["infra", "a checkpatch that prints garbage", () => on("garbage")],
  ["infra", "a checkpatch that dies", () => on("dies")],
  ["couldNotRun", "a tree without checkpatch.pl", () => on("none")],
  [
    "couldNotRun",
    "invalid UTF-8 in a message",
    () => quick(edited("Because", Buffer.from([0xe4, 0xf6]))),
  ],
  ["couldNotRun", "a patch on the wrong base", () => on("good", "--base", "topic")],
  ["couldNotRun", "an empty range", () => quick(...range("topic..topic"))],
  ["couldNotRun", "a range whose tip is below its base", () => quick(...range("topic..base"))],
  ["bisectSkip", "the same with --bisect", () => quick(...range("topic..topic"), "--bisect")],
  ["bisectSkip", "garbage with --bisect", () => on("garbage", "--bisect")],
  ["internal", "a defect of ours", withDefect],
];

/** The gate in a folder with this configuration. */
async function inProject(yaml: Uint8Array): Promise<{ code: number }> {
  const project = join(root, "project");
  mkdirSync(join(project, "patches"), { recursive: true });
  writeFileSync(join(project, "patches/series.yaml"), yaml);
  const env = { ...environment, XDG_CACHE_HOME: join(root, "cache-project") };
  const { status } = spawnSync(process.execPath, [RFCKIT, "ready"], { cwd: project, env });
  return { code: status ?? -1 };
}

/** A copy of the good patch with words replaced. */
function edited(from: string, to: string | Buffer): string {
  const text = readFileSync(patch, "latin1");
  const [before = "", ...after] = text.split(from);
  if (after.length === 0) throw new Error(`'${from}' is not in the patch`);
  const file = join(root, `edited-${edits++}.patch`);
  const middle = Buffer.isBuffer(to) ? to : Buffer.from(to);
  writeFileSync(
    file,
    Buffer.concat([Buffer.from(before, "latin1"), middle, Buffer.from(after.join(from), "latin1")]),
  );
  return file;
}
let edits = 0;

async function withDefect(): Promise<{ code: number }> {
  const broken = (): never => {
    throw new TypeError("a defect that a test puts in");
  };
  const code = await runCommandLine(["completion", "bash"], {
    stdout: broken,
    stderr: () => {},
    env: {},
    cwd: "/",
    projectDir: ROOT,
    packageDir: ROOT,
    version: "0",
    signal: new AbortController().signal,
  });
  return { code };
}

/** Command lines of processes that hold a word. */
function processesWith(word: string): string[] {
  const lines = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8");
      } catch {
        return "";
      }
    });
  return lines.filter((line) => line.includes(word));
}

describe("exit codes", () => {
  test.each(ROWS)("%s: %s", async (name, _, provoke) => {
    expect((await provoke()).code).toBe(EXIT[name]);
  });

  test.each([
    ["SIGINT", EXIT.interrupted],
    ["SIGTERM", EXIT.terminated],
    ["SIGHUP", EXIT.terminated],
  ] as const)(
    "%s while checkpatch hangs ends with %i and leaves no process",
    async (signal, code) => {
      const args = [RFCKIT, "ready", "--profile", "quick", patch, "--tree", trees["hangs"] ?? ""];
      const env = { ...environment, XDG_CACHE_HOME: join(root, `cache-${signal}`) };
      const child = spawn(process.execPath, [...args, "--base", "base"], { env, cwd: root });
      let talk = "";
      child.stderr.on("data", (chunk: Buffer) => {
        const before = talk;
        talk += chunk.toString();
        const seen = "checking t01-checkpatch";
        if (talk.includes(seen) && !before.includes(seen)) child.kill(signal);
      });
      const ended = await new Promise((done) => child.on("close", done));
      expect(ended).toBe(code);
      expect(talk).toContain("interrupted");
      expect(processesWith(join(root, `cache-${signal}`))).toEqual([]);
    },
  );

  test("who reads its talk and goes does not end it", async () => {
    const args = [RFCKIT, "ready", "--profile", "quick", patch, "--tree", trees["good"] ?? ""];
    const env = { ...environment, XDG_CACHE_HOME: join(root, "cache-deaf") };
    const child = spawn(process.execPath, [...args, "--base", "base"], { env, cwd: root });
    child.stdout.resume();
    child.stderr.destroy();
    expect(await new Promise((done) => child.on("exit", done))).toBe(EXIT.ready);
  });

  test("every code is in the table that the man page shows, and is provoked here", () => {
    const provoked: string[] = [...ROWS.map(([name]) => name), "interrupted", "terminated"];
    expect(Object.keys(EXIT_MEANINGS).filter((name) => !provoked.includes(name))).toEqual([]);
  });
});

/** Whether this machine lets us make namespaces; some containers do not. */
const mayUnshare = (...flags: string[]): boolean =>
  spawnSync("unshare", [...flags, "true"]).status === 0;

test("a full disk ends with 3 and says which", () => {
  const full = Object.assign(new Error("ENOSPC"), { code: "ENOSPC", path: "/cache/x" });
  let said = "";
  expect(
    reportError(full, (text) => {
      said += text;
    }),
  ).toBe(EXIT.infra);
  expect(said).toContain("/cache/x");
  if (!mayUnshare("-rm")) return;
  const cache = join(root, "small");
  mkdirSync(cache);
  const line = `mount -t tmpfs -o size=40k,nr_inodes=9 none ${cache} && exec "$@"`;
  const words = [process.execPath, RFCKIT, "ready", "--profile", "quick", patch];
  const args = ["-rm", "sh", "-c", line, "sh", ...words];
  const env = { ...environment, XDG_CACHE_HOME: cache };
  const result = spawnSync("unshare", args, { env, cwd: root, encoding: "utf8" });
  expect([result.status, result.stdout.includes("no finding")]).toEqual([EXIT.infra, false]);
  expect(result.stderr).toContain("no space left");
});

test("without a network the gate says the same: it has nobody to send to", () => {
  const args = [RFCKIT, "ready", "--profile", "quick", "--no-cache", "--format", "jsonl", patch];
  const env = { ...environment, XDG_CACHE_HOME: join(root, "cache-net") };
  const run = (file: string, words: readonly string[]) =>
    spawnSync(file, words, { env, cwd: root, encoding: "utf8" });
  const steady = (text: string): string => text.replaceAll(/"durationMs":\d+/g, "");
  const online = run(process.execPath, args);
  expect(online.status).toBe(0);
  if (!mayUnshare("-rn")) return;
  const offline = run("unshare", ["-rn", process.execPath, ...args]);
  expect([offline.status, steady(offline.stdout)]).toEqual([0, steady(online.stdout)]);
});

test("the code that runs has no way to a mail server", () => {
  const files = readdirSync(join(ROOT, "dist"), { recursive: true, encoding: "utf8" });
  const code = files.filter((file) => file.endsWith(".js"));
  expect(code.length).toBeGreaterThan(100);
  const ways = /["']node:(?:net|tls|http|https|http2|dgram|dns)["']|\bfetch\(|sendmail|send-email/;
  expect(code.filter((file) => ways.test(readFileSync(join(ROOT, "dist", file), "utf8")))).toEqual(
    [],
  );
});
