import { editSplitPlan, type PlanEdit } from "../../lib/config/edit-split-plan.ts";
import { type LocatedPlan, parseSplitPlan } from "../../lib/config/load-split-plan.ts";
import { NOBODY } from "../../lib/split/assign-plan.ts";
import type { FileChange } from "../../lib/split/change.ts";
import { moveUnits, type UnitPlace } from "../../lib/split/move-units.ts";
import { layOutPlan, type PlanTree } from "../../lib/split/plan-tree.ts";

/** What the screen of a plan shows and what was typed; changed by `pressKey` alone. */
export interface PlanEditor {
  readonly file: string;
  readonly files: readonly FileChange[];
  readonly plan: LocatedPlan;
  readonly tree: PlanTree;
  /** YAML, as it would be written. */
  readonly text: string;
  readonly savedText: string;
  /** Index of a row. */
  readonly cursor: number;
  /** Keys of marked changes, see `markOf`. */
  readonly marked: ReadonlySet<string>;
  /** A subject that is being typed, for a new commit or for one that is there. */
  readonly typing: { readonly commit: number | undefined; readonly text: string } | undefined;
  readonly status: string;
  readonly wants: "write" | "leave" | undefined;
}

/** A key as the terminal gives it: a name such as `up` or `return`, else what it types. */
export interface KeyPress {
  readonly name?:
    | "up"
    | "down"
    | "left"
    | "right"
    | "pageUp"
    | "pageDown"
    | "return"
    | "escape"
    | "backspace";
  readonly text: string;
}

const PAGE = 10;

/** Opens a plan for editing. @throws ToolError (config) `split-plan-invalid` */
export function openPlanEditor(
  text: string,
  file: string,
  files: readonly FileChange[],
  isNew: boolean,
): PlanEditor {
  const plan = parseSplitPlan(text, file);
  const tree = layOutPlan(plan, files);
  const savedText = isNew ? "" : text;
  const start = { file, files, plan, tree, text, savedText, cursor: 0, marked: new Set<string>() };
  return { ...start, typing: undefined, status: isNew ? "a proposed plan" : "", wants: undefined };
}

/** The state after a key. */
export function pressKey(editor: PlanEditor, key: KeyPress): PlanEditor {
  const state = { ...editor, status: "", wants: undefined };
  if (state.typing !== undefined) return typeSubject(state, state.typing, key);
  const row = state.tree.rows[state.cursor];
  const commit = row?.commit ?? NOBODY;
  if (key.name === "up" || key.text === "k") return moveCursor(state, -1);
  if (key.name === "down" || key.text === "j") return moveCursor(state, 1);
  if (key.name === "pageUp") return moveCursor(state, -PAGE);
  if (key.name === "pageDown") return moveCursor(state, PAGE);
  if (key.name === "left" || key.text === "<") return assign(state, Math.max(commit - 1, NOBODY));
  if (key.name === "right" || key.text === ">") return assign(state, commit + 1);
  if (/^[1-9]$/.test(key.text)) return assign(state, Number(key.text) - 1);
  if (key.text === "u" || key.text === "0") return assign(state, NOBODY);
  if (key.text === " ") return moveCursor(mark(state, false), 1);
  if (key.text === "f") return mark(state, true);
  if (key.text === "n") return { ...state, typing: { commit: undefined, text: "" } };
  if (key.text === "m" && commit !== NOBODY) return { ...state, typing: { commit, text: "" } };
  if (key.text === "w") return { ...state, wants: "write" };
  if (key.text === "q") return leave(state, editor.status);
  return state;
}

/** Whether there is something to write. */
export function isChanged({ text, savedText }: PlanEditor): boolean {
  return text !== savedText;
}

/** How a change is named in the set of marked ones. */
export function markOf({ file, unit }: UnitPlace): string {
  return `${file} ${unit}`;
}

const UNWRITTEN = "not written yet: w writes, q again leaves";

function leave(state: PlanEditor, before: string): PlanEditor {
  if (isChanged(state) && before !== UNWRITTEN) return { ...state, status: UNWRITTEN };
  return { ...state, wants: "leave" };
}

function moveCursor(state: PlanEditor, by: number): PlanEditor {
  const cursor = Math.min(Math.max(state.cursor + by, 0), state.tree.rows.length - 1);
  return { ...state, cursor };
}

/** Marks, or no longer marks, the change at the cursor, or all of its file in that commit. */
function mark(state: PlanEditor, wholeFile: boolean): PlanEditor {
  const row = state.tree.rows[state.cursor];
  if (row?.kind !== "unit") return state;
  const places = state.tree.rows.flatMap((one) => {
    if (one.kind !== "unit" || one.commit !== row.commit) return [];
    const same = wholeFile ? one.place.file === row.place.file : one === row;
    return same ? [markOf(one.place)] : [];
  });
  const marked = new Set(state.marked);
  const off = state.marked.has(markOf(row.place));
  for (const place of places) off ? marked.delete(place) : marked.add(place);
  return { ...state, marked };
}

/** Gives the marked changes, or that at the cursor, to a commit. */
function assign(state: PlanEditor, to: number): PlanEditor {
  const row = state.tree.rows[state.cursor];
  const marked = state.tree.rows.flatMap((one) =>
    one.kind === "unit" && state.marked.has(markOf(one.place)) ? [one.place] : [],
  );
  const units = marked.length > 0 ? marked : row?.kind === "unit" ? [row.place] : [];
  if (units.length === 0) return { ...state, status: "go to a change first, or mark some" };
  if (to >= state.plan.value.commits.length) {
    return { ...state, status: `there is no commit ${to + 1}: n makes one` };
  }
  const unique = units.filter(
    (one, at) => units.findIndex((it) => markOf(it) === markOf(one)) === at,
  );
  const next = edit(state, moveUnits(state.plan, state.files, unique, to));
  const count = unique.length === 1 ? "1 change" : `${unique.length} changes`;
  const where = to === NOBODY ? "unassigned" : `in commit ${to + 1}`;
  return { ...next, marked: new Set(), status: `${count} now ${where}` };
}

function edit(state: PlanEditor, edits: readonly PlanEdit[]): PlanEditor {
  const text = editSplitPlan(state.text, edits);
  const plan = parseSplitPlan(text, state.file);
  const tree = layOutPlan(plan, state.files);
  return moveCursor({ ...state, text, plan, tree }, 0);
}

function typeSubject(
  state: PlanEditor,
  typing: NonNullable<PlanEditor["typing"]>,
  key: KeyPress,
): PlanEditor {
  if (key.name === "escape") return { ...state, typing: undefined };
  if (key.name === "backspace") {
    return { ...state, typing: { ...typing, text: [...typing.text].slice(0, -1).join("") } };
  }
  if (key.name !== "return") {
    const added = key.text.replace(/\p{Cc}/gu, "");
    return { ...state, typing: { ...typing, text: typing.text + added } };
  }
  const subject = typing.text.trim();
  const done = { ...state, typing: undefined };
  if (subject === "") return { ...done, status: "a commit needs a subject" };
  if (typing.commit === undefined)
    return edit(done, [{ kind: "add-commit", message: `${subject}\n` }]);
  const old = state.plan.value.commits[typing.commit]?.message.trimStart() ?? "";
  const message = `${subject}\n${old.slice(old.indexOf("\n") + 1 || old.length)}`;
  return edit(done, [{ kind: "message", commit: typing.commit, message }]);
}
