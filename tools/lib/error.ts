/**
 * Who or what is at fault when a command cannot give a result.
 *
 * - `user`: the command line or an input file is wrong
 * - `config`: `series.yaml` or another file of the project is wrong
 * - `environment`: something this machine lacks (a package, a tree, a device)
 * - `infra`: something broke that neither the user nor the series did (disk full, QEMU died)
 * - `internal`: a defect of rfckit itself
 */
export type ErrorKind = "user" | "config" | "environment" | "infra" | "internal";

/** The exit codes of every command. `ready` and `findings` are results, the rest are failures. */
export const EXIT = {
  ready: 0,
  findings: 1,
  usage: 2,
  infra: 3,
  couldNotRun: 4,
  internal: 70,
  /** Tells `git bisect run` to skip a commit that could not be judged. */
  bisectSkip: 125,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The one table from error kind to exit code. */
export const EXIT_OF_KIND: Readonly<Record<ErrorKind, ExitCode>> = {
  user: EXIT.usage,
  config: EXIT.usage,
  environment: EXIT.couldNotRun,
  infra: EXIT.infra,
  internal: EXIT.internal,
};

/** Maps a code for `git bisect run`: what failed to run is skipped, not called bad. */
export function bisectExitCode(code: ExitCode): ExitCode {
  return code === EXIT.infra || code === EXIT.couldNotRun ? EXIT.bisectSkip : code;
}

export interface ToolErrorOptions {
  readonly kind: ErrorKind;
  /** Stable kebab-case name of the failure, such as `kernel-tree-missing`. */
  readonly code: string;
  /** What the user can do next, most useful first; commands are written as they are typed. */
  readonly hints?: readonly string[];
  readonly cause?: unknown;
}

/**
 * A failure with its fault, a stable code and the next step.
 *
 * Messages are lower case, have no full stop, quote the subject, and say what and why.
 */
export class ToolError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly hints: readonly string[];

  constructor(message: string, options: ToolErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "ToolError";
    this.kind = options.kind;
    this.code = options.code;
    this.hints = options.hints ?? [];
  }

  get exitCode(): ExitCode {
    return EXIT_OF_KIND[this.kind];
  }
}
