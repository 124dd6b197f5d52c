import type { ConformanceOutcome, ReviewContext } from "../../checks/context.ts";
import type { Check } from "../../checks/contract.ts";
import { createSeries } from "./judge-text.ts";
import { newFile } from "./patch-mails.ts";

const PASS: ConformanceOutcome = {
  kind: "pass",
  isInfrastructure: false,
  vectors: 12,
  failures: [],
  detail: "",
  logFile: "/log",
  command: "rfckit verify",
};

/** A failing vector by what was predicted and observed. */
export function failureOf(predicted: string, observed: string): ConformanceOutcome["failures"][0] {
  return { vector: "a1", title: "pins a thing", program: "open();", predicted, observed };
}

/** Judges a series that changes mm/hbf.c by what came of a run: the verdict and the findings. */
export async function judgeVerify(
  check: Check<ReviewContext>,
  outcome: Partial<ConformanceOutcome>,
  path = "mm/hbf.c",
): Promise<string[]> {
  const context = createSeries({
    patches: [{ diff: newFile(path, "int a;") }],
    context: { effects: { verify: async () => ({ ...PASS, ...outcome }) } },
  });
  const { verdict, diagnostics } = await check.run(context);
  return [verdict.kind, ...diagnostics.map(({ what }) => what)];
}
