import { describe, expect, test } from "vitest";
import { createSeries } from "../../tests/support/judge-text.ts";
import { newFile } from "../../tests/support/patch-mails.ts";
import { u13ErrorsAsModelled } from "./u13-errors-as-modelled.ts";

const PATH = "Documentation/mm/hbf-control-plane.rst";
const ROWS = [
  ["0", "open() without privilege: the mode is 0600", "EACCES"],
  ["0", "lseek()", "ESPIPE"],
  ["0", "read() or write() of a file that is not open for it", "EBADF"],
  ["0", "read() or write() otherwise", "EINVAL"],
  ["0", "mmap() that the mode does not allow", "EACCES"],
  ["0", "mmap() otherwise", "ENODEV"],
  ["0", "epoll_ctl() with EPOLL_CTL_ADD", "EPERM"],
  ["1", "Unknown command", "ENOTTY"],
  ["2", "The file is not open for writing", "EBADF"],
  ["3", "Reading size faults", "EFAULT"],
  ["4", "size is larger than a page", "E2BIG"],
  ["5", "size is smaller", "EINVAL"],
  ["6", "A word of the tail is not zero", "E2BIG"],
  ["6", "A word of the tail faults", "EFAULT"],
  ...["7", "8", "9", "10", "11", "12", "13"].map((step) => [step, "Something is wrong", "EINVAL"]),
  ["14", "The target node has no memory", "ENODEV"],
  ["15", "The cpuset does not allow the target", "EACCES"],
  ["16", "The tier is wrong", "EINVAL"],
  ["17", "A fatal signal", "EINTR"],
  ["18", "A hole", "ENOMEM"],
  ["19", "A mapping can't take the hint", "EINVAL"],
  ["20", "There is no backend yet", "EOPNOTSUPP"],
] as const;
/** Line of the mail with the first row: four lines of header, seven before the hunk's content. */
const FIRST = 17;

type Rows = readonly (readonly string[])[];

function render(rows: Rows): string {
  return rows
    .map(([step = "", text = "", errno = ""]) => `${step.padEnd(6)}${text.padEnd(56)}${errno}\n`)
    .join("");
}

async function judge(rows: Rows, stage = "v1", second?: string): Promise<readonly string[]> {
  const diffs = [newFile(PATH, render(rows)), ...(second === undefined ? [] : [second])];
  const context = createSeries({ patches: diffs.map((diff) => ({ diff })), context: { stage } });
  const { diagnostics } = await u13ErrorsAsModelled.run(context);
  return diagnostics.map(({ place, what }) => `${place?.file}:${place?.line} ${what}`);
}

describe("the table of errors", () => {
  test("that is the model's passes", async () => {
    expect(await judge(ROWS)).toEqual([]);
  });

  test("with another errno is named with its line, and what is missing then", async () => {
    const at = ROWS.findIndex(([step]) => step === "14");
    const rows = ROWS.map((row, index) => (index === at ? [...row.slice(0, 2), "EINVAL"] : row));
    expect(await judge(rows)).toEqual([
      `0001.patch:${FIRST + at} step 14 is EINVAL here, the model has ENODEV`,
      `0001.patch:${FIRST + at} step 14 lacks ENODEV (target-without-memory)`,
    ]);
  });

  test("with a step of nobody, or a call with another error, is found", async () => {
    const [first = [], ...others] = ROWS;
    expect(await judge([["0", "open() or lseek()", "EACCES"], ...others])).toEqual([
      `0001.patch:${FIRST} step 0 of lseek is EACCES here, the model has EACCES and ESPIPE and EBADF and EINVAL and ENODEV and EPERM`,
    ]);
    expect(await judge([first, ...others, ["21", "More", "EINTR"]])).toEqual([
      `0001.patch:${FIRST + ROWS.length} step 21 is EINTR here, the model has no such step`,
    ]);
  });

  test("lacks a row of a later stage, until a later patch adds it", async () => {
    const wanted = `0001.patch:${FIRST} step 0 of open lacks ENOMEM (open-without-memory)`;
    expect(await judge(ROWS, "v2")).toEqual([wanted]);
    const added = newFile(PATH, render([["0", "open() without memory", "ENOMEM"]]));
    expect(await judge(ROWS, "v2", added)).toEqual([]);
  });

  test("of a series that has none, or of a stage that the model doesn't know, is not judged", async () => {
    expect(await judge([], "v1")).toEqual([]);
    expect(await judge(ROWS.slice(3), "mailed")).toEqual([]);
  });
});
