import type { Command } from "commander";
import type { ExitCode } from "../lib/error.ts";

/** What a command may use of the world outside; tests hand in their own. */
export interface CommandContext {
  /** Writes a result. Nothing else goes to standard output. */
  readonly stdout: (text: string) => void;
  /** Writes talk: progress, warnings, hints. */
  readonly stderr: (text: string) => void;
  /** Reads standard input to its end. */
  readonly stdin?: () => Promise<Uint8Array>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the directory the user is in. */
  readonly cwd: string;
  /** Absolute path of the folder that holds `patches/series.yaml`. */
  readonly projectDir: string;
  /** Absolute path of rfckit's own folder: Kconfig fragments, guest sources. */
  readonly packageDir: string;
  /** rfckit's own version. */
  readonly version: string;
  /** The terminal that a screen could be drawn on; none in tests. */
  readonly terminal?: {
    readonly stdoutIsTty: boolean;
    readonly stderrIsTty: boolean;
    readonly stream: NodeJS.WriteStream;
    /** Where keys come from, when that is a terminal too. */
    readonly keys?: NodeJS.ReadStream;
  };
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
}

/** Turns a function that gives an exit code into a commander action. */
export type Act = <Args extends unknown[]>(
  body: (...args: Args) => Promise<ExitCode>,
) => (...args: Args) => Promise<void>;

/**
 * One verb of the command line, in `commands/<verb>.ts`.
 *
 * `register` declares words and options only. What an action needs of `tools/lib` and `checks` it
 * imports when it runs, so that `--help` stays fast.
 */
export interface CommandModule {
  readonly verb: string;
  register(program: Command, context: CommandContext, act: Act): void;
}
