import { Box, Text } from "ink";
import { useEffect, useState } from "react";
import { type BoardRow, type BoardState, listedRows } from "./board-state.ts";
import { detailLines } from "./detail-lines.ts";
import { fitRows } from "./fit-rows.ts";

const STATE_WIDTH = 8;
const TICK_MS = 500;
const COLORS: Readonly<Record<string, string>> = {
  pass: "green",
  fail: "red",
  error: "red",
  "not-run": "yellow",
  attest: "cyan",
  waived: "yellow",
  running: "blue",
};
const KEYS: Readonly<Record<BoardState["mode"], string>> = {
  list: "up/down choose  enter details  r run again  w waive  f filter  q leave",
  detail: "up/down scroll  r run again  w waive  q back",
  reason: "enter waives  escape goes back",
};

export interface BoardProps {
  readonly state: BoardState;
  readonly useColor: boolean;
  /** Keys are read, so they are shown. */
  readonly isInteractive: boolean;
  /** Lines of the terminal. */
  readonly height: number;
  readonly startedMs: number;
  readonly now: () => number;
  readonly readLog: (file: string) => string | undefined;
}

/** The live board: checks by patches, the running one with its time and what it does. */
export function GateBoard(props: BoardProps) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const { state, isInteractive, height } = props;
  // A screen that is as high as the terminal makes it scroll with every change.
  const room = Math.max(height - (isInteractive ? 4 : 3), 3);
  return (
    <Box flexDirection="column">
      <Text wrap="truncate-end">{headOf(props)}</Text>
      {state.mode === "detail" ? (
        <Details {...props} room={room} />
      ) : (
        <Rows {...props} room={room} />
      )}
      <Text wrap="truncate-end">{footOf(state)}</Text>
      {isInteractive ? <Text wrap="truncate-end">{KEYS[state.mode]}</Text> : null}
    </Box>
  );
}

function headOf({ state, startedMs, now }: BoardProps): string {
  const { rows, patches, isDone } = state;
  const settled = rows.filter((row) => row.state !== "waiting" && row.state !== "running");
  const count = (kind: string): number => rows.filter((row) => row.state === kind).length;
  const bad = ["fail", "error", "not-run"].flatMap((kind) =>
    count(kind) === 0 ? [] : [`${count(kind)} ${kind}`],
  );
  const time = isDone ? [] : [seconds(now() - startedMs)];
  const done = `${settled.length} of ${rows.length} checks`;
  return [done, `${patches} patches`, ...time, ...bad].join(", ");
}

function footOf({ rows, mode, reason, note, selected }: BoardState): string {
  if (mode === "reason") return `why may ${selected} be waived? ${reason}_`;
  if (note !== "") return note;
  const running = rows.find(({ state }) => state === "running");
  return running === undefined ? " " : `${running.id}: ${running.detail || running.title}`;
}

function Rows({ state, useColor, isInteractive, now, room }: BoardProps & { room: number }) {
  const { shown, rest } = fitRows(listedRows(state), room, isInteractive ? state.selected : "");
  return (
    <>
      {rest === "" ? null : <Text wrap="truncate-end">{rest}</Text>}
      {shown.map((row) => (
        <Box key={row.id} gap={1}>
          <Box width={STATE_WIDTH} flexShrink={0}>
            <Text {...colorOf(row, useColor)}>{row.state}</Text>
          </Box>
          <Box flexShrink={0}>
            <Text inverse={isInteractive && useColor && row.id === state.selected}>
              {isInteractive && row.id === state.selected ? `> ${row.id}` : row.id}
            </Text>
          </Box>
          {row.strip.trim() === "" ? null : (
            <Box flexShrink={0}>
              <Text>[{row.strip}]</Text>
            </Box>
          )}
          <Text wrap="truncate-end" dimColor={useColor && row.state !== "running"}>
            {row.state === "running" ? `${seconds(now() - row.startedMs)} ` : ""}
            {row.detail === "" ? row.title : row.detail}
          </Text>
        </Box>
      ))}
    </>
  );
}

function Details({ state, readLog, room }: BoardProps & { room: number }) {
  const row = state.rows.find(({ id }) => id === state.selected);
  const lines = row === undefined ? [] : detailLines(row, readLog);
  const first = Math.max(0, Math.min(state.scroll, lines.length - room));
  return (
    <>
      {lines.slice(first, first + room).map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name than its place
        <Text key={first + at} wrap="truncate-end">
          {line === "" ? " " : line}
        </Text>
      ))}
    </>
  );
}

function colorOf(row: BoardRow, useColor: boolean): { color?: string } {
  const color = COLORS[row.state];
  return useColor && color !== undefined ? { color } : {};
}

function seconds(ms: number): string {
  return `${Math.floor(ms / 1000)} s`;
}
