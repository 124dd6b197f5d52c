import { describe, expect, test } from "vitest";
import { patchOf } from "../../tests/support/judge-text.ts";
import { newFile, writeMail } from "../../tests/support/patch-mails.ts";
import { createContext } from "../../tests/support/review-context.ts";
import type { CheckpatchFinding } from "../../tools/lib/checkpatch/parse-checkpatch.ts";
import type { SeriesWaiver } from "../../tools/lib/config/series-schema.ts";
import type { ReviewedPatch } from "../context.ts";
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
  waivers: SeriesWaiver[] = [],
  change: { maintainers?: string; patches?: ReviewedPatch[] } = {},
) =>
  t01Checkpatch.run(
    createContext({
      waivers,
      ...(change.patches === undefined ? {} : { patches: change.patches }),
      effects: {
        tipText: async () => change.maintainers,
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

describe("a waiver that names a file", () => {
  const diff = newFile("mm/a.c", "int a;") + newFile("mm/b.c", "int b;");
  const patches = [patchOf(writeMail({ diff }, "[PATCH 1/1]"), 1, 1)];
  const inB = patches[0]?.parsed.files[1]?.line ?? 0;
  const waiver = { check: "t01-checkpatch", type: "TABS", reason: "a table", who: "A" };

  test.each([
    ["mm/b.c", "waived"],
    ["mm/a.c", "fail"],
  ])("'%s' makes it %s", async (file, kind) => {
    const found = [{ ...tab, line: inB + 6 }];
    const { verdict } = await judge(found, seeded, [{ ...waiver, file }], { patches });
    expect(verdict.kind).toBe(kind);
  });
});

describe("FILE_PATH_CHANGES", () => {
  const moved: CheckpatchFinding = {
    line: 12,
    level: "WARNING",
    type: "FILE_PATH_CHANGES",
    message: "does MAINTAINERS need updating?",
  };
  const gone = "diff --git a/mm/b.c b/mm/b.c\ndeleted file mode 100644\nindex 111..000\n";
  const away = gone.replace("deleted file mode 100644", "rename from mm/a.c\nrename to mm/b.c");
  const MAINTAINERS = "Maintainers List\n\nHBF\nF:\tmm/a*\n\nMEMORY MANAGEMENT\nF:\tmm/\n";
  test.each([
    ["an added file that an entry names", newFile("mm/a.c", "int a;"), MAINTAINERS, "pass"],
    ["one that only a whole folder covers", newFile("mm/b.c", "int b;"), MAINTAINERS, "fail"],
    ["a moved file without an entry", away, MAINTAINERS, "fail"],
    ["a deleted file that no entry names", gone, MAINTAINERS, "pass"],
    ["one that an entry still names", gone, `${MAINTAINERS}F:\tmm/b.c\n`, "fail"],
    ["a series that does not apply", newFile("mm/a.c", "int a;"), undefined, "fail"],
  ])("%s", async (_, diff, maintainers, kind) => {
    const patches = [patchOf(writeMail({ diff }, "[PATCH 1/1]"), 1, 1)];
    const change = { patches, ...(maintainers === undefined ? {} : { maintainers }) };
    expect((await judge([moved], seeded, [], change)).verdict.kind).toBe(kind);
  });
});
