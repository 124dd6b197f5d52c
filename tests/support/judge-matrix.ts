import type { ReviewContext } from "../../checks/context.ts";
import type { Check } from "../../checks/contract.ts";
import type { KernelVariant } from "../../tools/lib/build/variant.ts";
import { QUIET } from "./judge-static.ts";
import { judge } from "./judge-text.ts";
import { changeFile } from "./patch-mails.ts";

/** What a test wants of a matrix: the variants that were built, and the verdict with places. */
export interface MatrixAnswer {
  readonly built: readonly string[];
  readonly found: readonly string[];
}

const ERROR = { severity: "error", kind: "compiler", text: "'x' undeclared", column: 1 } as const;

const MAKEFILE = "obj-$(CONFIG_HBF) += a.o\nobj-y += b.o";

const opposite = (value: string): string => (value === "n" ? "y" : "n");

/**
 * Judges a patch that adds a tristate option HBF and line 11 of mm/a.c, which it switches, and
 * changes a header that mm/b.c includes.
 *
 * @param fails which configurations do not build
 * @param refuses which symbols do not take the value that they are given
 */
export async function judgeMatrix(
  check: Check<ReviewContext>,
  fails: (variant: KernelVariant, targets: readonly string[]) => boolean,
  refuses: readonly string[] = [],
): Promise<MatrixAnswer> {
  const built: string[] = [];
  const kconfig = changeFile("mm/Kconfig", 'config HBF\n\ttristate "HBF"');
  const header = changeFile("include/linux/b.h", "int b;");
  const found = await judge(check, {
    patches: [{ diff: changeFile("mm/a.c", "\tint a;") + kconfig + header }],
    context: {
      effects: {
        textAt: async (_, path) => (path.endsWith("Makefile") ? MAKEFILE : ""),
        searchBase: async () => [{ path: "mm/b.c", line: 1, text: "#include <linux/b.h>" }],
        buildVariant: async ({ variant, targets }) => {
          const set = Object.entries(variant.set).map(([name, value]) => {
            return [name, refuses.includes(name) ? opposite(value) : value] as const;
          });
          const values = new Map([["HBF", "y"], ...set]);
          if (targets.length === 0) return { ...QUIET, values };
          built.push(`${variant.name}: ${targets.join(" ")}`);
          const messages = [{ ...ERROR, path: "mm/a.c", line: 11 }];
          return fails(variant, targets)
            ? { ...QUIET, values, ok: false, messages }
            : { ...QUIET, values };
        },
      },
    },
  });
  return { built, found };
}
