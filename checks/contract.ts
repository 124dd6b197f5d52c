/** Where a finding is: a file, a place in it, and the patch or commit it belongs to. */
export interface Place {
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based, in UTF-16 code units. */
  readonly column?: number;
  /** Position in the series, as `n/m`. */
  readonly patch?: string;
  /** Full commit id. */
  readonly commit?: string;
}

export type Severity = "error" | "warning" | "info";

/** One finding. Every reporter and screen renders only this. */
export interface Diagnostic {
  /** Kebab-case id of the rule, `check-id` or `check-id/detail`. */
  readonly id: string;
  readonly severity: Severity;
  /** What is wrong. */
  readonly what: string;
  /** Why it matters. */
  readonly why: string;
  /** What to do about it. */
  readonly fix?: { readonly text: string; readonly command?: string };
  readonly place?: Place;
  readonly related?: readonly { readonly what: string; readonly place?: Place }[];
}

/**
 * What a check says of the whole series. `not-run` and `error` never count as ready.
 */
export type Verdict =
  | { readonly kind: "pass" }
  | { readonly kind: "fail" }
  | { readonly kind: "waived"; readonly reason: string; readonly who: string }
  | { readonly kind: "attest"; readonly statement: string }
  | { readonly kind: "not-run"; readonly missing: string; readonly howToGet: string }
  | { readonly kind: "error"; readonly message: string };

export type VerdictKind = Verdict["kind"];

/** A verdict with its evidence. */
export interface CheckResult {
  readonly verdict: Verdict;
  readonly diagnostics: readonly Diagnostic[];
  /** One line for people: what was looked at, with numbers ("5 patches, 0 findings"). */
  readonly summary: string;
  /** Full log on disk, if there is one. */
  readonly logFile?: string;
  /** The shell line that repeats the evidence. */
  readonly command?: string;
}

/** What the page of a check shows beside its header. */
export interface CheckPage {
  readonly fix: string;
  /** What the check finds. */
  readonly bad: string;
  /** What it wants instead. */
  readonly good: string;
}

export type Cost = "instant" | "seconds" | "minutes";

/**
 * One rule of the gate.
 *
 * `inputs` names everything the result depends on by content (tree ids, message hashes, hashes of
 * tools and configuration): the result is remembered under that key and goes stale with it only.
 */
export interface Check<Context> {
  /** Equal to the file name, the registry key, the anchor in the docs and the fixture folder. */
  readonly id: string;
  readonly title: string;
  readonly why: string;
  /** The kernel's document that states the rule, as `path`, or `project` for our own. */
  readonly source: string;
  readonly cost: Cost;
  readonly page: CheckPage;
  inputs(context: Context): Promise<readonly string[]>;
  run(context: Context): Promise<CheckResult>;
}
