/** What KTAP says: its lines of results, indented ones of subtests only where they failed. */
export interface KtapSummary {
  readonly ok: readonly string[];
  readonly notOk: readonly string[];
  /** Of `ok`, those that did not look. */
  readonly skipped: readonly string[];
}

/** Reads results among whatever else a console shows (Documentation/dev-tools/ktap.rst). */
export function readKtap(console: string): KtapSummary {
  const lines = console.split("\n");
  return {
    ok: lines.filter((line) => /^ok \d+ /.test(line)),
    notOk: lines.filter((line) => /^\s*not ok \d+ /.test(line)),
    skipped: lines.filter((line) => /^ok \d+ .*# SKIP/.test(line)),
  };
}
