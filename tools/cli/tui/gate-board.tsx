import { Box, render, Text } from "ink";
import { useEffect, useState } from "react";
import type { GateEntry } from "../../../checks/run-gate.ts";
import type { GateView } from "../ready/gate-view.ts";

/** One line of the board. */
export interface BoardRow {
  readonly id: string;
  readonly title: string;
  readonly state: "waiting" | "running" | GateEntry["result"]["verdict"]["kind"];
  /** The summary of a judged check, or what a running one does just now. */
  readonly detail: string;
  readonly startedMs: number;
}

const STATE_WIDTH = 8;
const TICK_MS = 500;
/** Of a terminal that does not tell. */
const LINES = 24;
const COLORS: Readonly<Record<string, string>> = {
  pass: "green",
  fail: "red",
  error: "red",
  "not-run": "yellow",
  attest: "cyan",
  waived: "yellow",
  running: "blue",
};

interface BoardProps {
  readonly rows: readonly BoardRow[];
  readonly useColor: boolean;
  /** Lines of the terminal. */
  readonly height: number;
  readonly now: () => number;
}

const SETTLED: readonly string[] = ["waiting", "pass"];

/**
 * The rows that fit: when there are more than lines, those that wait or passed are only counted,
 * and of the others the last ones stay.
 */
export function fitRows(
  rows: readonly BoardRow[],
  height: number,
): { readonly shown: readonly BoardRow[]; readonly rest: string } {
  // A screen that is as high as the terminal makes it scroll with every change.
  const room = Math.max(height - 2, 2);
  if (rows.length <= room) return { shown: rows, rest: "" };
  const count = (state: string): number => rows.filter((row) => row.state === state).length;
  const shown = rows.filter(({ state }) => !SETTLED.includes(state)).slice(1 - room);
  const hidden = rows.length - count("pass") - count("waiting") - shown.length;
  const more = hidden > 0 ? `, ${hidden} more above` : "";
  return { shown, rest: `${count("pass")} passed, ${count("waiting")} waiting${more}` };
}

/** The live board: a line a check, the running one with its time and what it does. */
export function GateBoard({ rows, useColor, height, now }: BoardProps) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const { shown, rest } = fitRows(rows, height);
  return (
    <Box flexDirection="column">
      {rest === "" ? null : <Text wrap="truncate-end">{rest}</Text>}
      {shown.map((row) => (
        <Box key={row.id} gap={1}>
          <Box width={STATE_WIDTH} flexShrink={0}>
            <Text {...colorOf(row, useColor)}>{row.state}</Text>
          </Box>
          <Box flexShrink={0}>
            <Text>{row.id}</Text>
          </Box>
          <Text wrap="truncate-end" dimColor={useColor && row.state !== "running"}>
            {row.state === "running" ? `${seconds(now() - row.startedMs)} ` : ""}
            {row.detail === "" ? row.title : row.detail}
          </Text>
        </Box>
      ))}
    </Box>
  );
}

function colorOf(row: BoardRow, useColor: boolean): { color?: string } {
  const color = COLORS[row.state];
  return useColor && color !== undefined ? { color } : {};
}

function seconds(ms: number): string {
  return `${Math.floor(ms / 1000)} s`;
}

export interface BoardOptions {
  readonly checks: readonly { readonly id: string; readonly title: string }[];
  /** The terminal to draw on; standard error, so that results alone are on standard output. */
  readonly stream: NodeJS.WriteStream;
  readonly useColor: boolean;
  readonly now: () => number;
}

/** Draws the board and keeps it up to date until it is closed. */
export function openGateBoard({ checks, stream, useColor, now }: BoardOptions): GateView {
  let rows: readonly BoardRow[] = checks.map(({ id, title }) => {
    return { id, title, state: "waiting", detail: "", startedMs: 0 };
  });
  let current = "";
  const board = () => (
    <GateBoard rows={rows} useColor={useColor} height={stream.rows ?? LINES} now={now} />
  );
  const screen = render(board(), { stdout: stream, exitOnCtrlC: false, patchConsole: false });
  const change = (id: string, next: Partial<BoardRow>): void => {
    rows = rows.map((row) => (row.id === id ? { ...row, ...next } : row));
    screen.rerender(board());
  };
  return {
    onStart({ id }) {
      current = id;
      change(id, { state: "running", startedMs: now() });
    },
    onProgress: (line) => change(current, { detail: line }),
    onEntry({ check, result }) {
      change(check.id, { state: result.verdict.kind, detail: result.summary });
    },
    close() {
      screen.clear();
      screen.unmount();
    },
  };
}
