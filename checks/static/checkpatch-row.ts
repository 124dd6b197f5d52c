import type { CheckpatchFinding } from "../../tools/lib/checkpatch/parse-checkpatch.ts";
import { CHECKPATCH_FILES, CHECKPATCH_FLAGS } from "../../tools/lib/checkpatch/run-checkpatch.ts";
import type { ReviewContext } from "../context.ts";
import type { Check } from "../contract.ts";
import { defineTextRule, type TextRule } from "../text-rule.ts";

/** A rule that checkpatch knows, as a row of its own: which of its types, and a seeded defect. */
export interface CheckpatchRow
  extends Pick<TextRule, "id" | "title" | "why" | "source" | "fix" | "bad" | "good"> {
  readonly types: readonly string[];
  /**
   * A patch with a finding of one of the types: silence counts only where it is found.
   *
   * @param base id of a commit that the tree has
   */
  readonly control: (base: string) => string;
}

/** Makes a check of what checkpatch says under some of its types. */
export function defineCheckpatchRow(row: CheckpatchRow): Check<ReviewContext> {
  const { types, control, ...texts } = row;
  const isOurs = ({ type }: CheckpatchFinding): boolean => types.includes(type);
  return defineTextRule({
    ...texts,
    cost: "seconds",
    baseFiles: CHECKPATCH_FILES,
    facts: async ({ baseCommit }) => [...CHECKPATCH_FLAGS, control(baseCommit)],
    async settle({ effects, baseCommit }) {
      const [report] = await effects.checkpatch([{ text: control(baseCommit) }]);
      if (report?.findings.some(isOurs) === true) return undefined;
      const missing = `checkpatch does not find a seeded ${types.join(" or ")} on this machine`;
      return { kind: "not-run", missing, howToGet: "rfckit doctor" };
    },
    async inSeries({ patches, effects }) {
      const reports = await effects.checkpatch(
        patches.map(({ path, bytes }) => ({ file: path, bytes })),
      );
      return patches.flatMap((mail, at) =>
        (reports[at]?.findings ?? [])
          .filter(isOurs)
          .map(({ line, message }) => ({ mail, line, what: message })),
      );
    },
  });
}

/** A patch that adds lines to mm/mempool.c, for controls. */
export function controlPatch(message: string, added: readonly string[]): string {
  return [
    `From ${"0".repeat(40)} Mon Sep 17 00:00:00 2001`,
    "From: Positive Control <control@rfckit.invalid>",
    "Date: Sat, 22 Nov 2025 00:00:00 +0000",
    "Subject: [PATCH] mm: carry a seeded defect",
    "",
    message,
    "---",
    " mm/mempool.c | 1 +",
    " 1 file changed, 1 insertion(+)",
    "",
    "diff --git a/mm/mempool.c b/mm/mempool.c",
    "index 111111111111..222222222222 100644",
    "--- a/mm/mempool.c",
    "+++ b/mm/mempool.c",
    `@@ -1,2 +1,${added.length + 2} @@`,
    " // SPDX-License-Identifier: GPL-2.0",
    ...added.map((line) => `+${line}`),
    " /*",
    "-- ",
    "rfckit",
    "",
  ].join("\n");
}
