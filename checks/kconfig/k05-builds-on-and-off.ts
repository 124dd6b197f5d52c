import type { KernelVariant } from "../../tools/lib/build/variant.ts";
import { buildTouched, matrixFacts } from "../build/matrix.ts";
import { defineTextRule } from "../text-rule.ts";
import { featureSymbols } from "./features.ts";

/** Each option that the series adds can be y, n and, if it is tristate, m. */
export const k05BuildsOnAndOff = defineTextRule({
  id: "k05-builds-on-and-off",
  title: "changed files build with each new option on, off and, if it may be, as a module",
  why: "everybody who does not want the feature builds it switched off",
  source: "Documentation/process/submit-checklist.rst",
  fix: "move what the other setting needs out of the #ifdef, or add a stub",
  bad: "a call of hbf_exit() without a stub for CONFIG_HBF=n",
  good: "static inline void hbf_exit(void) {}",
  cost: "minutes",
  facts: matrixFacts,
  async inSeries(context) {
    const variants = featureSymbols(context).flatMap(({ name, isTristate }): KernelVariant[] =>
      ["y", "n", ...(isTristate ? ["m"] : [])].map((value) => ({
        name: `with ${name}=${value}`,
        seed: "lean",
        arch: "x86_64",
        set: value === "m" ? { MODULES: "y", [name]: value } : { [name]: value },
      })),
    );
    return await buildTouched(context, variants);
  },
});
