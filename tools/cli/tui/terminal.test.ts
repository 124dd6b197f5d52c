import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { GOOD_CHECKPATCH, makeGateTree } from "../../../tests/support/gate-tree.ts";
import { quoteWord } from "../../lib/proc/format-command.ts";

const RFCKIT = resolve(import.meta.dirname, "../../../bin/rfckit.js");
const WAIT = { timeout: 50_000, interval: 100 };

let root = "";
let tree = "";
let socket = "";
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "rfckit-tmux-"));
  socket = join(root, "tmux");
  const subject = `mm: add b ${"and yet another word ".repeat(4)}`.trim();
  const files = { "mm/a.c": "int a;\nint b;\n" };
  tree = await makeGateTree([{ message: `${subject}\n\nBecause.`, files }], GOOD_CHECKPATCH, root);
  const commit = execFileSync("git", ["-C", tree, "rev-parse", "base"], { encoding: "utf8" });
  mkdirSync(join(root, "project/patches"), { recursive: true });
  writeFileSync(join(root, "project/patches/series.yaml"), seriesYaml(commit.trim()));
  writeFileSync(join(root, ".gitconfig"), "[user]\n\tname = A Person\n\temail = a@example.org\n");
  const range = ["series", "export", "--range", "base..topic", "--tree", tree];
  execFileSync(process.execPath, [RFCKIT, ...range], { cwd: join(root, "project"), env: env() });
});
afterAll(() => {
  execFileSync("tmux", ["-S", socket, "kill-server"], { stdio: "ignore" });
  rmSync(root, { recursive: true, force: true });
});

const seriesYaml = (commit: string): string => `# a comment that stays
name: test
title: a test
stage: v1
base:
  package: linux-source-0.1
  version: 0.1-1
  tag: base
  commit: ${commit}
stages:
  v1: { folder: v1, version: 1, prefix: PATCH }
`;

function env(): Record<string, string> {
  const { PATH = "" } = process.env;
  return {
    PATH,
    HOME: root,
    XDG_CACHE_HOME: join(root, "cache"),
    TERM: "screen",
    LC_ALL: "C.UTF-8",
  };
}

/** A terminal of 80 by 24 characters in which rfckit runs. */
function openTerminal(name: string, ...argv: string[]) {
  const line = [process.execPath, RFCKIT, ...argv].map(quoteWord).join(" ");
  const tmux = (...args: string[]): string =>
    execFileSync("tmux", ["-S", socket, "-f", "/dev/null", ...args], {
      encoding: "utf8",
      env: env(),
    });
  const size = ["-x", "80", "-y", "24"];
  const shell = `${line}; echo "code=$?"; read -r _`;
  tmux("new-session", "-d", "-s", name, ...size, "-c", join(root, "project"), "sh", "-c", shell);
  const screen = (): string => tmux("capture-pane", "-p", "-t", name);
  return {
    press: (...keys: string[]) => tmux("send-keys", "-t", name, ...keys),
    type: (text: string) => tmux("send-keys", "-t", name, "-l", text),
    /** The process that rfckit is. */
    pid: () =>
      Number(
        execFileSync("pgrep", ["-P", tmux("list-panes", "-t", name, "-F", "#{pane_pid}").trim()]),
      ),
    vanish: () => tmux("kill-session", "-t", name),
    see: (text: string | RegExp) => vi.waitFor(() => expect(screen()).toMatch(text), WAIT),
    screen,
  };
}

test("a person looks at a finding, runs its check again and waives it", async () => {
  const terminal = openTerminal("waive", "ready", "--profile", "quick", "--tree", tree);
  await terminal.see(/\d+ of \d+ checks, 1 patches/);
  await terminal.see("> m15-subject-length");
  terminal.press("Enter");
  await terminal.see(/why: .*\n/);
  terminal.press("Escape");
  await terminal.see("leave");
  await vi.waitFor(() => {
    terminal.press("r");
    expect(terminal.screen()).toContain("m15-subject-length ran again");
  }, WAIT);
  terminal.press("w");
  await terminal.see("why may m15-subject-length be waived?");
  terminal.type("it is a test");
  await terminal.see("it is a test_");
  terminal.press("Enter");
  await terminal.see(/waived +(?:> )?m15-subject-length/);
  const text = readFileSync(join(root, "project/patches/series.yaml"), "utf8");
  expect(text).toContain("# a comment that stays");
  expect(text).toContain("check: m15-subject-length");
  expect(text).toContain("reason: it is a test");
  expect(text).toContain("who: A Person <a@example.org>");
  terminal.press("q");
  await terminal.see(/code=\d/);
  const lines = terminal.screen().split("\n");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});

test("ctrl-c on the screen ends with 130 and gives the terminal back", async () => {
  const terminal = openTerminal("break", "ready", "--profile", "quick", "--tree", tree);
  await terminal.see("leave");
  terminal.press("C-c");
  await terminal.see("code=130");
  terminal.type("echoed again");
  await terminal.see("echoed again");
});

test("a screen that waits for somebody ends when its terminal goes", async () => {
  // tmux ends with its last session.
  openTerminal("stay", "--version");
  const terminal = openTerminal("gone", "ready", "--profile", "quick", "--tree", tree);
  await terminal.see("leave");
  const pid = terminal.pid();
  process.kill(pid, 0);
  terminal.vanish();
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow("ESRCH"), WAIT);
});

test("a pipe gets no escape byte, whatever the environment asks for", () => {
  const args = [RFCKIT, "ready", "--profile", "quick", "--tree", tree];
  const shell = `${[process.execPath, ...args].map(quoteWord).join(" ")} 2>&1 | cat`;
  const options = { cwd: join(root, "project"), encoding: "utf8" } as const;
  const text = execFileSync("sh", ["-c", shell], {
    ...options,
    env: { ...env(), FORCE_COLOR: "3" },
  });
  expect(text).toContain("m15-subject-length");
  expect(text).not.toContain("\u001b");
});
