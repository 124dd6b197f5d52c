import { EventEmitter } from "node:events";
import { stripVTControlCharacters } from "node:util";
import { expect, test, vi } from "vitest";
import { createPlainView, wantsScreen } from "../ready/gate-view.ts";
import { type BoardRow, fitRows, openGateBoard } from "./gate-board.tsx";

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
  { id: "b01-each-commit-builds", title: "the kernel builds after each patch" },
];

const draw = async (columns: number) => {
  const terminal = new FakeTerminal(columns);
  const view = openGateBoard({
    checks: CHECKS,
    stream: terminal as unknown as NodeJS.WriteStream,
    useColor: false,
    now: () => 65_000,
  });
  view.onStart({ id: "m01-author-sign-off", title: "" });
  view.onEntry({
    check: { id: "m01-author-sign-off", title: "", why: "", source: "" },
    result: {
      verdict: { kind: "attest", statement: "s" },
      diagnostics: [],
      summary: "0 of 9 patches signed off",
    },
    fromCache: false,
    durationMs: 1,
  });
  view.onStart({ id: "b01-each-commit-builds", title: "" });
  view.onProgress(`building 3/9 ${"long ".repeat(40)}`);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const screen = terminal.lastScreen();
  view.close();
  return { screen, terminal };
};

test.each([80, 120])("fits %i columns, one line a check", async (columns) => {
  const { screen } = await draw(columns);
  const lines = screen.trimEnd().split("\n");
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^attest +m01-author-sign-off 0 of 9 patches signed off/);
  expect(lines[1]).toMatch(/^running +b01-each-commit-builds 0 s building 3\/9 long/);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
});

test("more checks than lines: those that wait or passed are counted, the rest fits", () => {
  const row = (id: number, state: BoardRow["state"]): BoardRow => {
    return { id: `c${id}`, title: "t", state, detail: "", startedMs: 0 };
  };
  const rows = Array.from({ length: 60 }, (_, at) => row(at, at < 30 ? "pass" : "waiting"));
  const some = [...rows, row(60, "fail"), row(61, "running")];
  expect(fitRows(some, 24).rest).toBe("30 passed, 30 waiting");
  expect(fitRows(some, 24).shown.map(({ id }) => id)).toEqual(["c60", "c61"]);
  const bad = Array.from({ length: 40 }, (_, at) => row(at, "fail"));
  const { shown, rest } = fitRows([...bad, row(40, "running")], 24);
  expect(shown.length).toBe(21);
  expect(shown.at(-1)?.id).toBe("c40");
  expect(rest).toBe("0 passed, 0 waiting, 20 more above");
  expect(fitRows(bad.slice(0, 22), 24)).toEqual({ shown: bad.slice(0, 22), rest: "" });
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
