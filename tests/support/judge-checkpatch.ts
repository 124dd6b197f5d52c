import type { ReviewContext } from "../../checks/context.ts";
import type { Check } from "../../checks/contract.ts";
import { judge } from "./judge-text.ts";

/**
 * Judges a patch of which checkpatch says one thing, at line 9.
 *
 * @param isSeen whether checkpatch finds the seeded defect of the control
 */
export async function judgeCheckpatch(
  check: Check<ReviewContext>,
  type: string,
  isSeen = true,
): Promise<string[]> {
  const finding = { line: 9, level: "CHECK" as const, type, message: "words" };
  const report = (findings: (typeof finding)[]) => ({ findings, command: "checkpatch" });
  return await judge(check, {
    context: {
      effects: {
        checkpatch: async (patches) =>
          patches.map((patch) => report("text" in patch && !isSeen ? [] : [finding])),
      },
    },
  });
}
