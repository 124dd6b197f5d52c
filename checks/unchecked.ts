import type { ReviewContext } from "./context.ts";
import type { Check, CheckPage } from "./contract.ts";

/** A rule that nothing on this machine can check: what is missing, said each time. */
export interface UncheckedRule
  extends Pick<Check<ReviewContext>, "id" | "title" | "why" | "source">,
    CheckPage {
  readonly missing: string;
  readonly howToGet: string;
}

/** Makes a check that always says `not-run` and why, so that the rule is not missing in silence. */
export function defineUnchecked(rule: UncheckedRule): Check<ReviewContext> {
  const { id, title, why, source, missing, howToGet, fix, bad, good } = rule;
  return {
    id,
    title,
    why,
    source,
    cost: "minutes",
    page: { fix, bad, good },
    inputs: async () => [missing],
    run: async () => {
      return {
        verdict: { kind: "not-run", missing, howToGet },
        diagnostics: [],
        summary: missing,
      };
    },
  };
}
