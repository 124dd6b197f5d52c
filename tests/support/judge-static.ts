import type { ReviewContext } from "../../checks/context.ts";
import type { Check } from "../../checks/contract.ts";
import type { VariantResult } from "../../tools/lib/build/build-variant.ts";
import type { ToolMessage } from "../../tools/lib/build/tool-messages.ts";
import { judge } from "./judge-text.ts";
import { changeFile } from "./patch-mails.ts";

/** What a build gave when nothing was said. */
export const QUIET: VariantResult = {
  ok: true,
  messages: [],
  values: new Map(),
  configLog: "",
  leftovers: [],
  logFile: "/log",
  command: "make",
};

/** A message of a tool at a line of mm/a.c. */
export function messageOf(kind: string, line = 11, path = "mm/a.c"): ToolMessage {
  return { path, line, column: 1, severity: "warning", kind, text: "words" };
}

const BASE = "0".repeat(40);
const CONTROL = "mm/rfckit_control.c";

/**
 * Judges a patch that adds line 11 of mm/a.c (line 17 of the patch), of which the tools say
 * something at the commit, and before it.
 *
 * @param isSeen whether the seeded defect of this kind is found
 */
export async function judgeStatic(
  check: Check<ReviewContext>,
  kind: string,
  before: readonly ToolMessage[] = [],
  isSeen = true,
): Promise<string[]> {
  return await judge(check, {
    patches: [{ diff: changeFile("mm/a.c", "\tint a;") }],
    context: {
      effects: {
        textAt: async (_, path) => (path.endsWith("Makefile") ? "obj-y += b.o a.o" : "int a;"),
        buildVariant: async ({ commit, targets }) => {
          if (targets[0] === "mm/rfckit_control.o") {
            const messages = isSeen ? [messageOf(kind, 1, CONTROL)] : [];
            return { ...QUIET, messages };
          }
          return { ...QUIET, messages: commit === BASE ? before : [messageOf(kind)] };
        },
      },
    },
  });
}
