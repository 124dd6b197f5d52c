import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import type { ToolMessage } from "../../tools/lib/build/tool-messages.ts";
import { d03HtmldocsClean } from "./d03-htmldocs-clean.ts";

const BASE = "0".repeat(40);
const DOCUMENT = "Documentation/mm/a.rst";

function warningOf(path: string, line: number, text: string): ToolMessage {
  return { path, line, severity: "warning", kind: "sphinx", text };
}

/** A patch that adds line 11 of a document, of which Sphinx says this at the base and the tip. */
async function judgeWarnings(
  before: readonly ToolMessage[],
  after: readonly ToolMessage[],
  isSeen = true,
): Promise<string[]> {
  return await judge(d03HtmldocsClean, {
    patches: [{ diff: changeFile(DOCUMENT, "words") }],
    context: {
      effects: {
        htmldocs: async ({ commit, added }) => {
          if (commit !== BASE) return after;
          const [control = ""] = Object.keys(added ?? {});
          const seeded = warningOf(control, 4, "Title underline too short.");
          return isSeen ? [...before, seeded] : before;
        },
      },
    },
  });
}

const BROKEN = warningOf(DOCUMENT, 11, "Block quote ends without a blank line");

test("a new warning is found at its line of the patch", async () => {
  expect(await judgeWarnings([], [BROKEN])).toEqual(["fail", "0001.patch:17"]);
});

test("a warning that the base has too is not of the series' making", async () => {
  expect(await judgeWarnings([{ ...BROKEN, line: 9 }], [BROKEN])).toEqual(["pass"]);
});

test("a label in a folder that was not built is judged by another rule", async () => {
  const label = warningOf(DOCUMENT, 11, "undefined label: 'cgroup-v2'");
  expect(await judgeWarnings([], [label])).toEqual(["pass"]);
});

test("silence is not-run where the seeded defect is not found", async () => {
  expect(await judgeWarnings([], [], false)).toEqual(["not-run"]);
});

test("a series without documents builds none", async () => {
  const patches = [{ diff: changeFile("mm/a.c", "\tint a;") }];
  expect(await judge(d03HtmldocsClean, { patches })).toEqual(["pass"]);
});
