import { EventEmitter } from "node:events";
import { stripVTControlCharacters } from "node:util";
import { render } from "ink";
import { expect, test, vi } from "vitest";
import type { GateEntry } from "../../../checks/run-gate.ts";
import { createPlainView, wantsScreen } from "../ready/gate-view.ts";
import { createBoard, settleRow } from "./board-state.ts";
import { GateBoard } from "./gate-board.tsx";
import { openGateBoard } from "./open-board.tsx";

// Problem: ink draws no live frames when it finds itself in CI, and looks when it is imported.
vi.hoisted(() => {
  process.env["CI"] = "false";
});

/** A terminal of a given width that remembers every frame. */
class FakeTerminal extends EventEmitter {
  readonly isTTY = true;
  readonly rows = 24;
  readonly frames: string[] = [];
  readonly columns: number;
  constructor(columns: number) {
    super();
    this.columns = columns;
  }
  write(text: string): boolean {
    this.frames.push(text);
    return true;
  }
  lastScreen(): string {
    const drawn = this.frames.map(stripVTControlCharacters).filter((frame) => frame.trim() !== "");
    return drawn.at(-1) ?? "";
  }
}

const CHECKS = [
  { id: "m01-author-sign-off", title: "every patch has its author's Signed-off-by" },
  { id: "t01-checkpatch", title: "checkpatch finds nothing that is not waived" },
  { id: "b01-each-commit-builds", title: "the kernel builds after each patch" },
  { id: "x07-model-conformance", title: "the booted kernel does what the model predicts" },
];
const entryOf = (id: string, result: Partial<GateEntry["result"]>): GateEntry => ({
  check: { id, title: `title of ${id}`, why: "it matters", source: "project" },
  result: { verdict: { kind: "pass" }, diagnostics: [], summary: "9 patches", ...result },
  fromCache: false,
  durationMs: 1,
});
const FAIL = entryOf("t01-checkpatch", {
  verdict: { kind: "fail" },
  summary: "9 patches, 1 findings",
  command: "perl scripts/checkpatch.pl 0003-x.patch",
  diagnostics: [
    {
      id: "t01-checkpatch/TABS",
      severity: "error",
      what: "a tab \u001b[31m in the wrong place",
      why: "it matters",
      fix: { text: "use spaces" },
      place: { file: "patches/v1/0003-x.patch", line: 9, column: 1, patch: "3/9" },
    },
  ],
});

const draw = async (columns: number) => {
  const terminal = new FakeTerminal(columns);
  const view = openGateBoard({
    checks: CHECKS,
    patches: 9,
    stream: terminal as unknown as NodeJS.WriteStream,
    keys: undefined,
    onInterrupt: () => {},
    signal: new AbortController().signal,
    useColor: false,
    now: () => 65_000,
  });
  const attest = { kind: "attest", statement: "s" } as const;
  view.onEntry(entryOf("m01-author-sign-off", { verdict: attest, summary: "0 of 9 signed off" }));
  view.onEntry(FAIL);
  view.onStart({ id: "b01-each-commit-builds", title: "" });
  view.onProgress(`building 3/9 ${"long ".repeat(40)}`);
  await vi.waitFor(() => expect(terminal.lastScreen()).toContain("long"));
  const screen = terminal.lastScreen();
  view.close();
  return { screen, terminal };
};

test.each([80, 120])("the board at %i columns", async (columns) => {
  const { screen } = await draw(columns);
  expect(screen).toMatchSnapshot();
  const widths = screen.split("\n").map((line) => line.length);
  expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
});

test.each([
  [80, "list"],
  [80, "detail"],
  [80, "reason"],
  [120, "detail"],
] as const)("what a person sees at %i columns, %s", async (columns, mode) => {
  const state = settleRow(createBoard(CHECKS, 9), FAIL);
  const terminal = new FakeTerminal(columns);
  const chosen = { ...state, mode, selected: "t01-checkpatch", isDone: true, reason: "a table" };
  const screen = render(
    <GateBoard
      state={chosen}
      useColor={false}
      isInteractive={true}
      height={24}
      startedMs={0}
      now={() => 65_000}
      readLog={() => undefined}
    />,
    { stdout: terminal as unknown as NodeJS.WriteStream, patchConsole: false },
  );
  await vi.waitFor(() => expect(terminal.lastScreen()).toContain("t01-checkpatch"));
  const shown = terminal.lastScreen();
  screen.unmount();
  expect(shown).toMatchSnapshot();
  expect(shown.trimEnd().split("\n").length).toBeLessThan(24);
});

test("without colour no colour code is written", async () => {
  const { terminal } = await draw(80);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape codes are what is looked for
  expect(terminal.frames.join("")).not.toMatch(/\u001B\[[0-9;]*m/);
});

test.each([
  [true, { stdoutIsTty: true, stderrIsTty: true, env: { TERM: "xterm" } }],
  [false, { stdoutIsTty: false, stderrIsTty: true, env: { TERM: "xterm" } }],
  [false, { stdoutIsTty: true, stderrIsTty: false, env: { TERM: "xterm" } }],
  [false, { stdoutIsTty: true, stderrIsTty: true, env: { TERM: "dumb" } }],
  [false, { stdoutIsTty: true, stderrIsTty: true, env: { TERM: "xterm", CI: "true" } }],
])("a screen is drawn: %s for %j", (drawn, facts) => {
  expect(wantsScreen(facts)).toBe(drawn);
});

test("the plain view writes no escape byte", () => {
  let text = "";
  const view = createPlainView((line) => {
    text += line;
  });
  view.onStart({ id: "a", title: "b" });
  view.onProgress("c");
  view.close();
  expect(text).toBe("checking a: b\n  c\n");
});
