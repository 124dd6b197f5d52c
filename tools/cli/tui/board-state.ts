import type { GateEntry } from "../../../checks/run-gate.ts";

/** One line of the board. */
export interface BoardRow {
  readonly id: string;
  readonly title: string;
  readonly state: "waiting" | "running" | GateEntry["result"]["verdict"]["kind"];
  /** The summary of a judged check, or what a running one does just now. */
  readonly detail: string;
  readonly startedMs: number;
  /** A letter a patch: what the check says of it. */
  readonly strip: string;
  readonly entry?: GateEntry;
}

/** Everything that the screen shows. */
export interface BoardState {
  readonly rows: readonly BoardRow[];
  /** Number of patches, for the strips. */
  readonly patches: number;
  readonly selected: string;
  readonly mode: "list" | "detail" | "reason";
  /** Rows that are fine are hidden when there is something to look at. */
  readonly onlyBad: boolean;
  /** First line of the details that is shown. */
  readonly scroll: number;
  /** What was typed as the reason of a waiver. */
  readonly reason: string;
  /** The whole run is through; before that nothing can be run again. */
  readonly isDone: boolean;
  /** A person has pressed a key, so the screen stays when the run is through. */
  readonly isTouched: boolean;
  /** What happened last, such as why a waiver was refused. */
  readonly note: string;
}

/** A key as the terminal gives it. */
export interface Key {
  readonly input: string;
  readonly name?:
    | "up"
    | "down"
    | "pageUp"
    | "pageDown"
    | "enter"
    | "escape"
    | "backspace"
    | "ctrl-c";
}

/** What a key asks for that the state alone cannot do. */
export type BoardAction =
  | { readonly kind: "quit" }
  | { readonly kind: "interrupt" }
  | { readonly kind: "again"; readonly id: string }
  | { readonly kind: "waive"; readonly id: string; readonly reason: string };

const PAGE = 10;

/** The screen before anything ran. */
export function createBoard(
  checks: readonly { readonly id: string; readonly title: string }[],
  patches: number,
): BoardState {
  const rows = checks.map(({ id, title }) => {
    return { id, title, state: "waiting", detail: "", startedMs: 0, strip: "" } as const;
  });
  return {
    rows,
    patches,
    selected: rows[0]?.id ?? "",
    mode: "list",
    onlyBad: false,
    scroll: 0,
    reason: "",
    isDone: false,
    isTouched: false,
    note: "",
  };
}

/** The state with one row changed. */
export function changeRow(state: BoardState, id: string, next: Partial<BoardRow>): BoardState {
  return { ...state, rows: state.rows.map((row) => (row.id === id ? { ...row, ...next } : row)) };
}

/** The state with a judged check. */
export function settleRow(state: BoardState, entry: GateEntry): BoardState {
  const { verdict, summary, diagnostics } = entry.result;
  const marks: string[] = Array.from({ length: state.patches }, () =>
    verdict.kind === "pass" ? "." : " ",
  );
  for (const { place, severity } of diagnostics) {
    const at = Number(place?.patch?.split("/")[0] ?? 0) - 1;
    if (marks[at] !== undefined && marks[at] !== "E") marks[at] = severity === "error" ? "E" : "w";
  }
  const isFail = verdict.kind === "fail";
  const strip = marks.map((mark) => (isFail && mark === " " ? "." : mark)).join("");
  return changeRow(state, entry.check.id, { state: verdict.kind, detail: summary, strip, entry });
}

/** The rows that the list shows before it is cut to the height of the screen. */
export function listedRows({ rows, onlyBad }: BoardState): readonly BoardRow[] {
  return onlyBad ? rows.filter(({ state }) => !/^(?:pass|waiting|attest)$/.test(state)) : rows;
}

/** What a key does. */
export function pressKey(
  state: BoardState,
  key: Key,
): { readonly state: BoardState; readonly action?: BoardAction } {
  if (key.name === "ctrl-c") return { state, action: { kind: "interrupt" } };
  const touched = { ...state, isTouched: true, note: "" };
  if (state.mode === "reason") return typeReason(touched, key);
  if (state.mode === "detail" && (key.name === "escape" || /^[q]$/.test(key.input))) {
    return { state: { ...touched, mode: "list", scroll: 0 } };
  }
  const step = stepOf(key);
  if (step !== 0) {
    if (state.mode === "detail") {
      return { state: { ...touched, scroll: Math.max(0, state.scroll + step) } };
    }
    return { state: select(touched, step) };
  }
  if (key.name === "enter" && state.mode === "list") {
    return { state: { ...touched, mode: "detail", scroll: 0 } };
  }
  return command(touched, key);
}

/** The state when all checks have run: what needs attention is alone on the screen. */
export function finishBoard(state: BoardState): BoardState {
  const done = { ...state, isDone: true };
  const bad = select({ ...done, onlyBad: true }, 0);
  return state.isTouched || listedRows(bad).length === 0 ? done : bad;
}

function command(state: BoardState, { input, name }: Key): ReturnType<typeof pressKey> {
  const { selected: id } = state;
  if (input === "f") return { state: select({ ...state, onlyBad: !state.onlyBad }, 0) };
  if (input === "q" || name === "escape") {
    const note = "still running; ctrl-c ends it";
    return state.isDone ? { state, action: { kind: "quit" } } : { state: { ...state, note } };
  }
  if (input !== "r" && input !== "w") return { state };
  const isBusy = !state.isDone || state.rows.some((row) => row.state === "running");
  if (isBusy) return { state: { ...state, note: "wait until the checks have run" } };
  if (input === "r") return { state, action: { kind: "again", id } };
  return { state: { ...state, mode: "reason", reason: "" } };
}

function typeReason(state: BoardState, { input, name }: Key): ReturnType<typeof pressKey> {
  const { reason, selected: id } = state;
  if (name === "escape") return { state: { ...state, mode: "list" } };
  if (name === "backspace") return { state: { ...state, reason: reason.slice(0, -1) } };
  if (name !== "enter")
    return { state: { ...state, reason: reason + input.replace(/\p{C}/gu, "") } };
  if (reason.trim() === "") return { state: { ...state, note: "a waiver needs a reason" } };
  return {
    state: { ...state, mode: "list" },
    action: { kind: "waive", id, reason: reason.trim() },
  };
}

function stepOf({ input, name }: Key): number {
  if (name === "up" || input === "k") return -1;
  if (name === "down" || input === "j") return 1;
  if (name === "pageUp") return -PAGE;
  return name === "pageDown" ? PAGE : 0;
}

/** Moves the choice among the rows that are listed; onto the first when it was on none. */
function select(state: BoardState, step: number): BoardState {
  const rows = listedRows(state);
  const at = rows.findIndex(({ id }) => id === state.selected);
  const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  return next === undefined ? state : { ...state, selected: next.id };
}
