import { describe, expect, test } from "vitest";
import type { GateEntry } from "../../../checks/run-gate.ts";
import {
  type BoardRow,
  type BoardState,
  changeRow,
  createBoard,
  finishBoard,
  type Key,
  listedRows,
  pressKey,
  settleRow,
} from "./board-state.ts";
import { detailLines } from "./detail-lines.ts";
import { fitRows } from "./fit-rows.ts";

const CHECKS = ["a", "b", "c"].map((id) => ({ id, title: `title of ${id}` }));
const done = (change: Partial<BoardState> = {}): BoardState => {
  return { ...createBoard(CHECKS, 3), isDone: true, ...change };
};
const entry = (result: Partial<GateEntry["result"]>): GateEntry => ({
  check: { id: "b", title: "title of b", why: "it matters", source: "project" },
  result: { verdict: { kind: "pass" }, diagnostics: [], summary: "s", ...result },
  fromCache: false,
  durationMs: 0,
});
const found = (severity: "error" | "warning", patch: string) => {
  return { id: "b", severity, what: "x", why: "y", place: { patch } } as const;
};
const press = (state: BoardState, ...keys: (Key | string)[]) =>
  keys.reduce<ReturnType<typeof pressKey>>(
    (at, key) => pressKey(at.state, typeof key === "string" ? { input: key } : key),
    { state },
  );
const named = (name: NonNullable<Key["name"]>): Key => ({ input: "", name });

describe("keys", () => {
  test("the choice moves and stays within the list", () => {
    expect(press(done(), "j", named("down"), "j").state.selected).toBe("c");
    expect(press(done(), "j", "k", named("up")).state.selected).toBe("a");
  });

  test("enter shows details, which scroll, and escape goes back", () => {
    const inside = press(done(), named("enter"), "j", "j", "k");
    expect(inside.state).toMatchObject({ mode: "detail", scroll: 1, selected: "a" });
    expect(press(inside.state, named("escape")).state.mode).toBe("list");
  });

  test("r asks for the chosen check again, only when all have run", () => {
    expect(press(done(), "j", "r").action).toEqual({ kind: "again", id: "b" });
    const early = press(done({ isDone: false }), "r");
    expect([early.action, early.state.note]).toEqual([undefined, "wait until the checks have run"]);
    const busy = changeRow(done(), "c", { state: "running" });
    expect(press(busy, "r").action).toBeUndefined();
  });

  test("w asks for a reason and waives with it", () => {
    const typed = press(done(), "w", "ab", "x", named("backspace"), "c\u0007");
    expect(typed.state).toMatchObject({ mode: "reason", reason: "abc" });
    const { state, action } = press(typed.state, named("enter"));
    expect(action).toEqual({ kind: "waive", id: "a", reason: "abc" });
    expect(state.mode).toBe("list");
  });

  test("a waiver without a reason is none, and escape gives it up", () => {
    const empty = press(done(), "w", " ", named("enter"));
    expect([empty.action, empty.state.note]).toEqual([undefined, "a waiver needs a reason"]);
    expect(press(empty.state, named("escape")).state.mode).toBe("list");
    expect(press(done(), "w", "q").action).toBeUndefined();
  });

  test("q leaves when all have run; ctrl-c interrupts at any time", () => {
    expect(press(done(), "q").action).toEqual({ kind: "quit" });
    expect(press(done({ isDone: false }), "q").action).toBeUndefined();
    expect(press(done({ isDone: false }), named("ctrl-c")).action).toEqual({ kind: "interrupt" });
    expect(press(done({ mode: "reason" }), named("ctrl-c")).action).toEqual({ kind: "interrupt" });
  });

  test("any key makes the screen stay", () => {
    expect(done().isTouched).toBe(false);
    expect(press(done(), "j").state.isTouched).toBe(true);
  });
});

test("when all have run, what needs attention is alone on the screen, unless keys were pressed", () => {
  const failed = settleRow(createBoard(CHECKS, 3), entry({ verdict: { kind: "fail" } }));
  expect(finishBoard(failed)).toMatchObject({ isDone: true, onlyBad: true, selected: "b" });
  const touched = finishBoard({ ...failed, isTouched: true });
  expect(touched).toMatchObject({ onlyBad: false, selected: "a" });
  expect(finishBoard(createBoard(CHECKS, 3)).onlyBad).toBe(false);
});

describe("rows", () => {
  test("a strip has a letter a patch", () => {
    const diagnostics = [found("warning", "1/3"), found("error", "1/3"), found("warning", "3/3")];
    const failed = settleRow(done(), entry({ verdict: { kind: "fail" }, diagnostics }));
    expect(failed.rows[1]?.strip).toBe("E.w");
    expect(settleRow(done(), entry({})).rows[1]?.strip).toBe("...");
    const blind = { kind: "not-run", missing: "m", howToGet: "h" } as const;
    expect(settleRow(done(), entry({ verdict: blind })).rows[1]?.strip).toBe("   ");
  });

  test("f leaves what needs attention, and chooses one of it", () => {
    const failed = settleRow(done(), entry({ verdict: { kind: "fail" } }));
    const { state } = press(failed, "f");
    expect(listedRows(state).map(({ id }) => id)).toEqual(["b"]);
    expect(state.selected).toBe("b");
  });

  const row = (id: number, state: BoardRow["state"]): BoardRow => {
    return { id: `c${id}`, title: "t", state, detail: "", startedMs: 0, strip: "" };
  };

  test("more than there is room for: those that wait or passed are counted", () => {
    const rows = Array.from({ length: 60 }, (_, at) => row(at, at < 30 ? "pass" : "waiting"));
    const some = [...rows, row(60, "fail"), row(61, "running")];
    expect(fitRows(some, 22, "").rest).toBe("30 passed, 30 waiting");
    expect(fitRows(some, 22, "").shown.map(({ id }) => id)).toEqual(["c60", "c61"]);
    const bad = Array.from({ length: 40 }, (_, at) => row(at, "fail"));
    const { shown, rest } = fitRows([...bad, row(40, "running")], 22, "");
    expect(shown.length).toBe(21);
    expect(shown.at(-1)?.id).toBe("c40");
    expect(rest).toBe("0 passed, 0 waiting, 20 more above");
    expect(fitRows(bad.slice(0, 22), 22, "")).toEqual({ shown: bad.slice(0, 22), rest: "" });
  });

  test.each([0, 1, 30, 58, 59])("the window shows the chosen row %i", (at) => {
    const rows = Array.from({ length: 60 }, (_, number) => row(number, "pass"));
    const { shown } = fitRows(rows, 20, `c${at}`);
    expect(shown.length).toBe(19);
    expect(shown.map(({ id }) => id)).toContain(`c${at}`);
  });
});

describe("details", () => {
  test("say what, why and what to do, with the end of the log and no escape code", () => {
    const log = Array.from({ length: 40 }, (_, at) => `line ${at}\u001b[31m`).join("\n");
    const result = entry({ verdict: { kind: "fail" }, diagnostics: [found("error", "1/3")] });
    const withLog = { ...result, result: { ...result.result, logFile: "/log", command: "make" } };
    const { rows } = settleRow(done(), withLog);
    const lines = rows[1] === undefined ? [] : detailLines(rows[1], () => log);
    expect(lines).toEqual(expect.arrayContaining(["why: it matters", "repeat: make", "log: /log"]));
    expect(lines.filter((line) => line.startsWith("| line "))).toHaveLength(15);
    expect(lines.join("")).not.toContain("\u001b");
    expect(lines.at(-1)).toContain("line 39");
  });
});
