import type { DocFile } from "./doc-file.ts";
import type { DocRule } from "./doc-rule.ts";
import { DOC_RULES } from "./rule-registry.ts";

/** Which rules are asked of a document. */
export interface DocProfile {
  readonly title: string;
  readonly rules: readonly string[];
}

const MARKUP =
  "adornment-order code-language code-sample discouraged-table duplicate-title line-length " +
  "long-literal lore-link malformed-directive malformed-link malformed-role markdown-in-rst " +
  "missing-blank-line redundant-c-role repeated-word rst-syntax sample-compiles spdx-line-1 " +
  "spelling tabs-in-prose title-underline trailing-whitespace typography unknown-role";
const TREE =
  "commit-reference duplicate-label kernel-doc-reference missing-include series-value " +
  "toctree-entry toctree-orphan undefined-config undefined-constant undefined-document " +
  "undefined-function undefined-label undefined-path undefined-type undocumented-interface";
const PROPOSAL =
  "abi-promise api-context claim-needs-number config-matrix hardware-fact " +
  "number-needs-provenance overclaim required-sections stale-vocabulary version-language";
const MARKDOWN =
  "broken-link code-sample commit-reference fence-language heading-order list-marker lore-link " +
  "repeated-word sample-compiles series-value tabs-in-prose trailing-whitespace typography " +
  "unknown-command abi-promise claim-needs-number hardware-fact number-needs-provenance " +
  "overclaim version-language";

const split = (...lists: readonly string[]): string[] => lists.join(" ").split(" ");

/** Every profile of `--profile`. */
export const DOC_PROFILES = {
  kernel: { title: "what maintainers accept in Documentation today", rules: split(MARKUP, TREE) },
  rfc: {
    title: "what a request for comments has to say as well: limits, numbers, no promises",
    rules: split(MARKUP, TREE, PROPOSAL),
  },
  project: { title: "Markdown of a project of its own", rules: split(MARKDOWN) },
} as const satisfies Readonly<Record<string, DocProfile>>;

export type DocProfileName = keyof typeof DOC_PROFILES;

/** Tells whether there is a profile of this name. */
export function isDocProfile(name: string): name is DocProfileName {
  return Object.hasOwn(DOC_PROFILES, name);
}

/** The rules for a document: of the named profile, or of the usual one for its kind. */
export function rulesFor(
  kind: DocFile["kind"],
  name: DocProfileName | undefined,
): readonly DocRule[] {
  const { rules } = DOC_PROFILES[name ?? (kind === "md" ? "project" : "kernel")];
  return DOC_RULES.filter((rule) => (rules as readonly string[]).includes(rule.id));
}
