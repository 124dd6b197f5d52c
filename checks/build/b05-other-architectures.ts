import type { KernelVariant, VariantArch } from "../../tools/lib/build/variant.ts";
import { ToolError } from "../../tools/lib/error.ts";
import { featuresOn } from "../kconfig/features.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";
import { buildTouched, matrixFacts } from "./matrix.ts";

/** What gcc for x86-64 can do, another 64-bit machine, and one that is big-endian. */
const MACHINES: readonly VariantArch[] = ["i386", "arm64", "s390"];
const CROSS_COMPILERS = ["aarch64", "s390x"].map((name) => `/usr/bin/${name}-linux-gnu-gcc`);

/** Changed files build for processors that a developer does not have. */
export const b05OtherArchitectures = defineTextRule({
  id: "b05-other-architectures",
  title: "changed files build for i386 with its long of 32 bits, for arm64, and for s390",
  why: "a 64-bit division builds on 64 bits alone, and a header of x86 comes in on x86 alone",
  source: "Documentation/process/submit-checklist.rst",
  fix: "use div_u64(), %zu, or (unsigned long) as the code around does; include what is used",
  bad: "len / nr (both u64)",
  good: "div64_u64(len, nr)",
  cost: "minutes",
  facts: async (context) => [
    ...(await matrixFacts(context)),
    ...(await Promise.all(CROSS_COMPILERS.map((path) => context.keys.systemFile(path)))),
  ],
  async inSeries(context) {
    const set = { ...featuresOn(context), WERROR: "n" };
    const found: SightingIn[] = [];
    const missing: VariantArch[] = [];
    for (const arch of MACHINES) {
      const variant: KernelVariant = { name: `for ${arch}`, seed: "defconfig", arch, set };
      const built = await buildTouched(context, [variant]).catch(unlessMissing);
      if (built === undefined) missing.push(arch);
      else found.push(...built);
    }
    const isBroken = found.some(({ severity = "error" }) => severity === "error");
    if (missing.length > 0 && !isBroken) throw noCompiler(missing);
    return found;
  },
});

/** Undefined for a machine without a compiler; what else was thrown is thrown again. */
function unlessMissing(error: unknown): undefined {
  if (error instanceof ToolError && error.code === "program-missing") return undefined;
  throw error;
}

function noCompiler(machines: readonly VariantArch[]): ToolError {
  return new ToolError(`there is no compiler for ${machines.join(" and ")}`, {
    kind: "environment",
    code: "program-missing",
    hints: ["rfckit doctor --install"],
  });
}
