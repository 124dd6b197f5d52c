import { readFileSync } from "node:fs";
import { type Key as InkKey, render, useInput } from "ink";
import type { GateActions, GateView } from "../ready/gate-view.ts";
import {
  type BoardAction,
  type BoardState,
  changeRow,
  createBoard,
  finishBoard,
  type Key,
  pressKey,
  settleRow,
} from "./board-state.ts";
import { GateBoard } from "./gate-board.tsx";

export interface BoardOptions {
  readonly checks: readonly { readonly id: string; readonly title: string }[];
  readonly patches: number;
  /** The terminal to draw on; standard error, so that results alone are on standard output. */
  readonly stream: NodeJS.WriteStream;
  /** Where keys come from; without it nothing can be chosen. */
  readonly keys: NodeJS.ReadStream | undefined;
  readonly useColor: boolean;
  readonly now: () => number;
  /** Ctrl-C, which a terminal in raw mode gives as a key. */
  readonly onInterrupt: () => void;
  /** Ends the wait of a screen that stays until somebody leaves it. */
  readonly signal: AbortSignal;
}

/** Of a terminal that does not tell. */
const LINES = 24;

/** Draws the board and keeps it up to date until it is closed. */
export function openGateBoard(options: BoardOptions): GateView {
  const { stream, keys, now, useColor, signal } = options;
  const startedMs = now();
  let state = createBoard(options.checks, options.patches);
  let current = "";
  let onAction = (_: BoardAction): void => {};
  const show = (next: BoardState): void => {
    state = next;
    screen.rerender(board());
  };
  const onKey = (key: Key): void => {
    const { state: next, action } = pressKey(state, key);
    show(next);
    if (action?.kind === "interrupt") options.onInterrupt();
    if (action !== undefined) onAction(action);
  };
  const common = { useColor, startedMs, now, readLog, isInteractive: keys !== undefined };
  const board = () => (
    <>
      <GateBoard {...common} state={state} height={stream.rows ?? LINES} />
      {keys === undefined ? null : <Keys onKey={onKey} />}
    </>
  );
  const screen = render(board(), {
    stdout: stream,
    ...(keys === undefined ? {} : { stdin: keys }),
    exitOnCtrlC: false,
    patchConsole: false,
  });
  return {
    onStart({ id }) {
      current = id;
      show(changeRow(state, id, { state: "running", detail: "", startedMs: now() }));
    },
    onProgress(line) {
      // Of several that run at once it is the last one, which may have been judged meanwhile.
      const row = state.rows.find(({ id }) => id === current);
      if (row?.state === "running") show(changeRow(state, current, { detail: line }));
    },
    onEntry: (entry) => show(settleRow(state, entry)),
    async linger(isGood, actions) {
      show(finishBoard(state));
      if (keys === undefined || (isGood && !state.isTouched)) return;
      await new Promise<void>((leave) => {
        if (signal.aborted) return leave();
        signal.addEventListener("abort", () => leave(), { once: true });
        onAction = (action) => {
          if (action.kind === "quit" || action.kind === "interrupt") return leave();
          void act(action, actions).then((note) => show({ ...state, note }));
        };
      });
    },
    close() {
      screen.clear();
      screen.unmount();
    },
  };
}

async function act(
  action: Exclude<BoardAction, { kind: "quit" | "interrupt" }>,
  actions: GateActions,
): Promise<string> {
  try {
    if (action.kind === "again") await actions.again(action.id);
    else await actions.waive(action.id, action.reason);
    return `${action.id} ran again`;
  } catch (error) {
    return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  }
}

function Keys({ onKey }: { onKey: (key: Key) => void }) {
  useInput((input, key) => {
    const read = readKey(input, key);
    // Keys that come faster than the program reads come together.
    if (read.name !== undefined) onKey(read);
    else for (const text of read.input) onKey({ input: text });
  });
  return null;
}

/** A key as the board knows it, or several letters at once. */
function readKey(input: string, key: InkKey): Key {
  if (key.ctrl && input === "c") return { input: "", name: "ctrl-c" };
  if (key.upArrow) return { input: "", name: "up" };
  if (key.downArrow) return { input: "", name: "down" };
  if (key.pageUp) return { input: "", name: "pageUp" };
  if (key.pageDown) return { input: "", name: "pageDown" };
  if (key.return) return { input: "", name: "enter" };
  if (key.escape) return { input: "", name: "escape" };
  if (key.backspace || key.delete) return { input: "", name: "backspace" };
  return { input: key.ctrl || key.meta ? "" : input };
}

function readLog(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
