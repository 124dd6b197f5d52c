import type { SeriesStage } from "../config/series-schema.ts";

/** Text after `-- ` in each mail; git's own would be its version. */
export const SIGNATURE = "rfckit";

/**
 * Everything that decides the bytes of a diff, said explicitly.
 *
 * Blob ids are written in full: a short one grows with the number of objects in the repository, and
 * would differ from machine to machine.
 */
export const DIFF_OPTIONS: readonly string[] = [
  "--full-index",
  "--find-renames=50%",
  "-l1000",
  "--diff-algorithm=histogram",
  "--indent-heuristic",
  "--unified=3",
  "--inter-hunk-context=0",
  "--src-prefix=a/",
  "--dst-prefix=b/",
  "--no-ext-diff",
  "--no-textconv",
  "--no-relative",
  "--no-color",
  "--submodule=short",
  "--ignore-submodules=none",
];

/** The width that `git format-patch` gives diffstats and shortlogs. */
export const MAIL_WIDTH = 72;

/** Arguments of a diffstat as in a cover letter; one that decides how a patch looks adds it. */
export const STAT_OPTIONS: readonly string[] = [
  `--stat=${MAIL_WIDTH}`,
  "--summary",
  "--find-renames=50%",
  "-l1000",
  "--diff-algorithm=histogram",
  "--no-ext-diff",
  "--no-textconv",
  "--no-relative",
  "--no-color",
  "--ignore-submodules=none",
];

/** Arguments of `git format-patch` before the range, but for numbering and base. */
export function formatPatchOptions(): string[] {
  return [
    "format-patch",
    "--zero-commit",
    "--no-attach",
    "--no-thread",
    "--no-signoff",
    "--no-cover-letter",
    "--no-notes",
    "--no-add-header",
    "--no-to",
    "--no-cc",
    "--no-from",
    "--no-base",
    "--suffix=.patch",
    "--filename-max-length=64",
    `--signature=${SIGNATURE}`,
    "--encoding=UTF-8",
    `--stat=${MAIL_WIDTH}`,
    ...DIFF_OPTIONS,
  ];
}

/** `RFC PATCH`, or `RFC PATCH v2` from the second version on. */
export function subjectPrefix(stage: SeriesStage): string {
  return stage.version > 1 ? `${stage.prefix} v${stage.version}` : stage.prefix;
}
