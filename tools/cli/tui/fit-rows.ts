import type { BoardRow } from "./board-state.ts";

const SETTLED: readonly string[] = ["waiting", "pass"];

/** The rows of a list that is higher than its room, and a line on those that it leaves out. */
export interface FittedRows {
  readonly shown: readonly BoardRow[];
  readonly rest: string;
}

/**
 * The rows that fit.
 *
 * With a chosen row the list is a window around it. Without one, those that wait or passed are only
 * counted, and of the others the last ones stay.
 *
 * @param room lines that there are
 * @param selected id of the chosen row, empty for none
 */
export function fitRows(rows: readonly BoardRow[], room: number, selected: string): FittedRows {
  if (rows.length <= room) return { shown: rows, rest: "" };
  const count = (state: string): number => rows.filter((row) => row.state === state).length;
  const counts = `${count("pass")} passed, ${count("waiting")} waiting`;
  if (selected !== "") {
    const at = rows.findIndex(({ id }) => id === selected);
    const first = Math.max(0, Math.min(at - Math.floor(room / 2), rows.length - room + 1));
    return { shown: rows.slice(first, first + room - 1), rest: counts };
  }
  const shown = rows.filter(({ state }) => !SETTLED.includes(state)).slice(1 - room);
  const hidden = rows.length - count("pass") - count("waiting") - shown.length;
  return { shown, rest: `${counts}${hidden > 0 ? `, ${hidden} more above` : ""}` };
}
