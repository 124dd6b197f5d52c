import { type ErrnoStep, errnoTable, STAGES, type Stage } from "../../kernel-model/index.ts";
import type { ReviewContext, ReviewedPatch } from "../context.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";

const DOCUMENT = "Documentation/mm/hbf-control-plane.rst";
/** A row of the table: its step, the words of the condition's first line, the errno. */
const ROW = /^(\d+) {2,}(\S.*?) {2,}(E[A-Z0-9]+)$/;

interface Row {
  readonly mail: ReviewedPatch;
  readonly line: number;
  readonly step: number;
  /** System calls that the condition names, for step 0. */
  readonly calls: readonly string[];
  readonly errno: string;
  readonly text: string;
}

/** The table of errors in the series' document is that of the reference model. */
export const u13ErrorsAsModelled = defineTextRule({
  id: "u13-errors-as-modelled",
  title: "the table of errors in the documentation is that of the reference model",
  why: "the vectors prove the model, so a table that differs from it promises what nobody tests",
  source: "project",
  fix: "change the row, or the row of kernel-model/machine/check-order, whichever is wrong",
  bad: "14    The target node has no memory                           EINVAL",
  good: "14    The target node has no memory                           ENODEV",
  facts: (context) => Promise.resolve([JSON.stringify(tableOf(context))]),
  inSeries(context) {
    const rows = rowsOf(context);
    const [first] = rows;
    return first === undefined ? [] : differences(rows, first, tableOf(context));
  },
});

function tableOf({ stage }: ReviewContext): readonly ErrnoStep[] {
  const known: Stage | undefined = STAGES.find((name) => name === stage);
  return known === undefined ? [] : errnoTable(known);
}

/** The rows that are left when all patches are applied. */
function rowsOf({ patches }: ReviewContext): readonly Row[] {
  let rows: readonly Row[] = [];
  for (const mail of patches) {
    const files = mail.parsed.files.filter(({ path }) => path === DOCUMENT);
    for (const { kind, text, line } of files.flatMap(({ hunks }) => hunks.flat())) {
      const found = ROW.exec(text);
      if (found === null || kind === " ") continue;
      rows = rows.filter((row) => row.text !== text);
      if (kind === "-") continue;
      const [, step, condition = "", errno = ""] = found;
      const calls = [...condition.matchAll(/(\w+)\(\)/g)].map(([, name = ""]) => name);
      rows = [...rows, { mail, line, step: Number(step), calls, errno, text }];
    }
  }
  return rows;
}

function differences(
  rows: readonly Row[],
  first: Row,
  table: readonly ErrnoStep[],
): readonly SightingIn[] {
  if (table.length === 0) return [];
  const wrong = rows.flatMap((row): SightingIn[] => {
    const { mail, line, step, errno } = row;
    const calls = unknownCalls(row, table);
    if (calls === undefined) return [];
    const wanted = [...new Set(table.filter((one) => one.step === step).map((one) => one.errno))];
    const said = wanted.length === 0 ? "has no such step" : `has ${wanted.join(" and ")}`;
    const of = calls.length === 0 ? "" : ` of ${calls.join(", ")}`;
    return [{ mail, line, what: `step ${step}${of} is ${errno} here, the model ${said}` }];
  });
  const missing = table
    .filter((one) => !rows.some((row) => covers(row, one)))
    .map(({ step, call, errno, rows: ids }): SightingIn => {
      const { mail, line } = rows.find((row) => row.step === step) ?? first;
      const of = call === undefined ? "" : ` of ${call}`;
      return { mail, line, what: `step ${step}${of} lacks ${errno} (${ids.join(", ")})` };
    });
  return [...wrong, ...missing];
}

function covers({ step, calls, errno }: Row, one: ErrnoStep): boolean {
  return (
    step === one.step && errno === one.errno && (one.call === undefined || calls.includes(one.call))
  );
}

/** The calls for which the model has no such answer; undefined when all is as in the model. */
function unknownCalls(row: Row, table: readonly ErrnoStep[]): readonly string[] | undefined {
  const same = table.filter(({ step, errno }) => step === row.step && errno === row.errno);
  if (same.length === 0) return row.calls;
  const known = new Set(same.map(({ call }) => call));
  const unknown = row.calls.filter((call) => row.step === 0 && !known.has(call));
  return unknown.length === 0 ? undefined : unknown;
}
