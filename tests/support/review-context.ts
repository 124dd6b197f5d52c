import type { ReviewContext, ReviewedPatch } from "../../checks/context.ts";
import { parsePatch } from "../../tools/lib/patch/parse-patch.ts";

/** A patch of a made-up series; tests change what they are about. */
export function createPatch(change: Partial<ReviewedPatch> = {}): ReviewedPatch {
  const bytes = change.bytes ?? new TextEncoder().encode("a patch");
  return {
    position: "1/1",
    file: "patches/v1/0001-mm-hbf-add.patch",
    path: "/project/patches/v1/0001-mm-hbf-add.patch",
    bytes,
    parsed: parsePatch(bytes),
    subject: "mm: hbf: add the device",
    author: "HBF RFC draft <hbf-rfc-draft@rfckit.invalid>",
    body: "Because.\n",
    commit: "1".repeat(40),
    tree: "2".repeat(40),
    ...change,
  };
}

/** A context in which every effect fails the test, unless it is given. */
export function createContext(
  change: Partial<Omit<ReviewContext, "effects">> & {
    effects?: Partial<ReviewContext["effects"]>;
  } = {},
): ReviewContext {
  const forbidden = (name: string) => async (): Promise<never> => {
    throw new Error(`the check used '${name}', which this test did not expect`);
  };
  return {
    seriesName: "hbf",
    stage: "v1",
    origin: "stage",
    posting: "rfc",
    baseCommit: "0".repeat(40),
    patches: [createPatch()],
    version: 1,
    coverLetter: undefined,
    recipients: { to: [], cc: [] },
    waivers: [],
    onProgress: () => {},
    keys: {
      treeFile: async (path) => `tree ${path}`,
      systemFile: async (path) => `system ${path}`,
      exporter: async () => "exporter",
      build: async () => "build",
      verify: async () => "verify",
    },
    ...change,
    effects: {
      checkpatch: forbidden("checkpatch"),
      roundTrip: forbidden("roundTrip"),
      mailMessage: forbidden("mailMessage"),
      baseText: forbidden("baseText"),
      tipText: forbidden("tipText"),
      searchBase: forbidden("searchBase"),
      buildCommit: forbidden("buildCommit"),
      verify: forbidden("verify"),
      ...forbidAll(TREE_EFFECTS, forbidden),
      headers: forbidAll(HEADER_EFFECTS, forbidden),
      ...change.effects,
    },
  };
}

const TREE_EFFECTS = [
  ...(["textAt", "searchAt", "pathsAt", "sourceState", "merges", "applyInOrder"] as const),
  ...(["baseFacts", "findCommit", "formerVersion", "replies", "conflictsWithNext"] as const),
  ...(["runScript", "maintainersOf", "buildVariant", "growth", "subjectsOf"] as const),
  ...(["buildProgram", "runSelftests", "runCoccinelle", "htmldocs"] as const),
];
const HEADER_EFFECTS = ["alone", "evaluate", "valuesAt"] as const;

function forbidAll<Name extends string>(
  names: readonly Name[],
  forbidden: (name: string) => () => Promise<never>,
): Record<Name, () => Promise<never>> {
  return Object.fromEntries(names.map((name) => [name, forbidden(name)])) as Record<
    Name,
    () => Promise<never>
  >;
}
