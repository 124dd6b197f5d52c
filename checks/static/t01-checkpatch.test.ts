import { describe, expect, test } from "vitest";
import { createContext } from "../../tests/support/review-context.ts";
import type { CheckpatchFinding } from "../../tools/lib/checkpatch/parse-checkpatch.ts";
import { t01Checkpatch } from "./t01-checkpatch.ts";
import { CONTROL_FINDINGS } from "./t01-control.ts";

const seeded: CheckpatchFinding[] = CONTROL_FINDINGS.map(({ type, contains }) => ({
  line: 1,
  level: "ERROR",
  type,
  message: contains,
}));
const tab: CheckpatchFinding = { line: 9, level: "CHECK", type: "TABS", message: "a tab" };

const judge = (
  found: CheckpatchFinding[],
  control = seeded,
  waivers: { check: string; type: string; reason: string; who: string }[] = [],
) =>
  t01Checkpatch.run(
    createContext({
      waivers,
      effects: {
        checkpatch: async (patches) =>
          patches.map((patch) => ({
            findings: "text" in patch ? control : found,
            command: "perl scripts/checkpatch.pl",
          })),
      },
    }),
  );

describe("t01-checkpatch", () => {
  test("silence passes where the seeded defects are found", async () => {
    expect((await judge([])).verdict.kind).toBe("pass");
  });

  test.each(seeded)("silence is not-run where $type ($message) is not found", async (missed) => {
    const { verdict } = await judge(
      [],
      seeded.filter((finding) => finding !== missed),
    );
    expect(verdict).toMatchObject({ kind: "not-run" });
    expect(verdict.kind === "not-run" && verdict.missing).toContain(missed.message);
  });

  test("a mere CHECK fails, at its line of the patch", async () => {
    const { verdict, diagnostics } = await judge([tab]);
    expect(verdict.kind).toBe("fail");
    expect(diagnostics[0]?.id).toBe("t01-checkpatch/TABS");
    expect(diagnostics[0]?.place).toMatchObject({ line: 9, patch: "1/1" });
  });

  test("a waiver covers its own type of its own check only", async () => {
    const waiver = { check: "t01-checkpatch", type: "TABS", reason: "a table", who: "A" };
    expect((await judge([tab], seeded, [waiver])).verdict.kind).toBe("waived");
    const other = { ...waiver, type: "SPACING" };
    expect((await judge([tab], seeded, [other])).verdict.kind).toBe("fail");
    const elsewhere = { ...waiver, check: "s23-round-trip" };
    expect((await judge([tab], seeded, [elsewhere])).verdict.kind).toBe("fail");
  });
});
