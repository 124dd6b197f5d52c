import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import { t10Coccinelle } from "./t10-coccinelle.ts";

const BASE = "0".repeat(40);
const NULL_CHECK = "WARNING: NULL check before some freeing functions is not needed.";

/** A patch that adds line 11 of mm/a.c, of which the semantic patches speak. */
async function judgeReports(isInParent: boolean, isSeen = true): Promise<string[]> {
  return await judge(t10Coccinelle, {
    patches: [{ diff: changeFile("mm/a.c", "\tkfree(a);") }],
    context: {
      effects: {
        textAt: async (commit) => (commit === BASE ? "before" : "after"),
        runCoccinelle: async (files) => {
          if ("mm/rfckit_control.c" in files) {
            return isSeen ? [{ path: "mm/rfckit_control.c", line: 3, text: NULL_CHECK }] : [];
          }
          const isSilent = files["mm/a.c"] === "before" && !isInParent;
          return isSilent ? [] : [{ path: "mm/a.c", line: 11, text: NULL_CHECK }];
        },
      },
    },
  });
}

test("a report that the parent does not have is found at its line of the patch", async () => {
  expect(await judgeReports(false)).toEqual(["fail", "0001.patch:17"]);
});

test("what is reported of the parent too is not of the patch's making", async () => {
  expect(await judgeReports(true)).toEqual(["pass"]);
});

test("silence is not-run where the seeded defect is not found", async () => {
  expect(await judgeReports(false, false)).toEqual(["not-run"]);
});
