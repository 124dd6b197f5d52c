import type { ReviewContext } from "../../checks/context.ts";
import type { VariantResult } from "../../tools/lib/build/build-variant.ts";
import { changeFile } from "../support/patch-mails.ts";
import type { Defect } from "./defect.ts";

type Effects = Partial<ReviewContext["effects"]>;

/** The line of the control that a broken build names. */
const LINE = 5055;
const AT = "+\t\tcounters = kmalloc_array(";
const BROKEN = { path: "mm/vmalloc.c", line: LINE, severity: "error", kind: "compiler" } as const;
const QUIET: VariantResult = {
  ok: true,
  messages: [],
  values: new Map(),
  configLog: "",
  leftovers: [],
  logFile: "build.log",
  command: "make",
};
const BASE = "cecd77435e15cc6ada54848149172da0056a34e4";
const KCONFIG = changeFile("mm/Kconfig", 'config HBF\n\ttristate "HBF"');
const HEADER = "include/uapi/linux/old.h";

/** Configurations are taken as they are asked for, and what is built in them does not compile. */
const brokenBuild: Effects = {
  textAt: async () => "obj-y += vmalloc.o",
  buildVariant: async ({ variant, targets }) => {
    const values = new Map(Object.entries(variant.set));
    if (targets.length === 0) return { ...QUIET, values };
    return { ...QUIET, values, ok: false, messages: [{ ...BROKEN, text: "words" }] };
  },
};

/** The base has one set of values and one log of `conf`, the commits another. */
const configured = (symbols: readonly string[], configLog: string): Effects => {
  const values = new Map(symbols.map((name) => [name, "y"]));
  return {
    buildVariant: async ({ commit }) => (commit === BASE ? QUIET : { ...QUIET, values, configLog }),
  };
};

const inVmalloc = (finds: string, to: string, at: string, effects: Effects): Defect => {
  const place = { finds, control: "mm-vmalloc", mail: 1, from: "diff --git", at };
  return { ...place, to: `${to}diff --git`, facts: () => ({ effects }) };
};

/** gcov counted, and nothing came to the one line of the file. */
const unreached: Effects = {
  textAt: async () => "\t\t\treturn ret ?: -EFAULT;",
  verify: async () => ({
    ...{ kind: "pass", isInfrastructure: false, vectors: 1, failures: [], detail: "" },
    ...{ logFile: "console.log", command: "rfckit verify" },
    unreached: [{ path: "mm/hbf.c", line: 1 }],
  }),
};

const MATRICES = ["b02-common-configs", "b05-other-architectures", "b07-smp-and-preempt"];
const OPTIONS = ["k06-builds-without-related", "k07-builds-at-random"];

/** Defects that only a configuration or a whole build would show, with the build's answer given. */
export const BUILD_DEFECTS: readonly Defect[] = [
  ...[...MATRICES, ...OPTIONS].map((finds) => inVmalloc(finds, "", AT, brokenBuild)),
  inVmalloc("k05-builds-on-and-off", KCONFIG, AT, brokenBuild),
  inVmalloc("k03-menu-undisturbed", KCONFIG, "a/mm/Kconfig", configured(["SLUB_TINY"], "")),
  inVmalloc(
    "k04-dependencies-met",
    KCONFIG,
    "a/mm/Kconfig",
    configured([], "WARNING: unmet direct dependencies detected for MIGRATION"),
  ),
  {
    finds: "x04-paths-exercised",
    control: "v1",
    mail: 3,
    from: "\t\treturn ret ?: -E2BIG;",
    to: "\t\treturn ret ?: -EFAULT;",
    at: "ret ?: -EFAULT;",
    facts: () => ({ effects: unreached }),
  },
  inVmalloc("u11-old-interface-kept", changeFile(HEADER, "#define A 2"), "#define A 2", {
    textAt: async (commit) => `${"\n".repeat(10)}#define A ${commit === BASE ? 1 : 2}\n`,
    headers: { alone: async () => [], evaluate: async () => [], valuesAt: async () => [{}, {}] },
  }),
];
