import type { BuildError } from "../tools/lib/build/build-errors.ts";
import type { CheckpatchInput, CheckpatchReport } from "../tools/lib/checkpatch/run-checkpatch.ts";
import type { SeriesWaiver } from "../tools/lib/config/series-schema.ts";
import type { ParsedPatch } from "../tools/lib/patch/parse-patch.ts";
import type { LabEffects } from "./lab-effects.ts";
import type { Posting } from "./profiles.ts";
import type { TreeEffects } from "./tree-effects.ts";

/** One patch of the series under review, as it is on disk and as a commit. */
export interface ReviewedPatch {
  /** Position in the series, as `n/m`. */
  readonly position: string;
  /** Path relative to the project. */
  readonly file: string;
  readonly path: string;
  readonly bytes: Uint8Array;
  /** The mail's text, read once for every rule. */
  readonly parsed: ParsedPatch;
  readonly subject: string;
  readonly author: string;
  /** Commit message without its subject. */
  readonly body: string;
  /**
   * Full ids of the commit that the patch makes on the base, and of its tree. Empty when it makes
   * none (it does not apply, or there is no kernel tree): every effect and key that needs commits
   * then throws, which the gate shows as not run.
   */
  readonly commit: string;
  readonly tree: string;
}

/** The cover letter as it is on disk. */
export interface ReviewedCover {
  /** Path relative to the project. */
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly parsed: ParsedPatch;
}

/** A line of the base that a search found. */
export interface BaseLine {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly text: string;
}

/** What the builds and the verification report to the gate. */
export interface BuildOutcome {
  readonly ok: boolean;
  readonly errors: readonly BuildError[];
  readonly logFile: string;
  readonly command: string;
}

export interface RoundTripOutcome {
  readonly identical: boolean;
  /** The first difference: which file, and what differs. */
  readonly difference?: {
    readonly file: string;
    readonly what: string;
    /** More lines on it, and the command that mends or shows it. */
    readonly detail?: readonly string[];
    readonly command?: string;
  };
}

export interface ConformanceFailure {
  readonly vector: string;
  readonly title: string;
  readonly program: string;
  readonly predicted: string;
  readonly observed: string;
}

export interface ConformanceOutcome {
  /** Only `pass` is one; each other class says in which way the run failed. */
  readonly kind: string;
  /** True when rfckit's own machine failed, so that nothing is known of the kernel. */
  readonly isInfrastructure: boolean;
  readonly vectors: number;
  /** Shortest vector first. */
  readonly failures: readonly ConformanceFailure[];
  readonly detail: string;
  readonly logFile: string;
  readonly command: string;
  /** Of a build that counts: the lines of the series' own files that nothing reached. */
  readonly unreached?: readonly { readonly path: string; readonly line: number }[];
}

/**
 * Where the patches come from: a stage of the project, commits of a kernel tree, or mails that
 * somebody else wrote.
 */
export type ReviewOrigin = "stage" | "range" | "files";

/** Everything that a check may look at or do. */
export interface ReviewContext {
  readonly seriesName: string;
  readonly stage: string;
  readonly origin: ReviewOrigin;
  readonly posting: Posting;
  /** Full id; empty when the patches name none and there is no kernel tree. */
  readonly baseCommit: string;
  readonly patches: readonly ReviewedPatch[];
  /** N of `[PATCH vN]`; 0 and 1 are not written. */
  readonly version: number;
  readonly coverLetter: ReviewedCover | undefined;
  /** Addresses that the series names beside those of get_maintainer.pl; nothing is sent to them. */
  readonly recipients: { readonly to: readonly string[]; readonly cc: readonly string[] };
  /** Findings that somebody answers for, from `patches/series.yaml`. */
  readonly waivers: readonly SeriesWaiver[];
  readonly onProgress: (line: string) => void;
  /** Content hashes of what a check's result depends on beside the series. */
  readonly keys: {
    /** SHA-256 of each file of the kernel tree, or `absent`. */
    treeFile(path: string): Promise<string>;
    /** SHA-256 of a file of the machine, or `absent`. */
    systemFile(path: string): Promise<string>;
    /** What decides the bytes of an export: rfckit's version and git's. */
    exporter(): Promise<string>;
    /** Configuration, compiler and flags of the kernel builds. */
    build(): Promise<string>;
    /** Build, guest runner, vectors, topology and QEMU. */
    verify(): Promise<string>;
  };
  readonly effects: TextEffects & TreeEffects & LabEffects;
}

/** What checks ask beside the tree and the compilers. */
interface TextEffects {
  /** Runs checkpatch on each, several at once; reports in the same order. */
  checkpatch(patches: readonly CheckpatchInput[]): Promise<CheckpatchReport[]>;
  roundTrip(): Promise<RoundTripOutcome>;
  /** The message body that `git mailinfo` takes from a mail: what a commit would get. */
  mailMessage(patch: ReviewedPatch): Promise<string>;
  /** A file of the base, or of the base with all patches; undefined when it has none. */
  baseText(path: string): Promise<string | undefined>;
  tipText(path: string): Promise<string | undefined>;
  /** Lines of the base's files below `folder` that match an extended regular expression. */
  searchBase(pattern: string, folder: string): Promise<BaseLine[]>;
  buildCommit(patch: ReviewedPatch): Promise<BuildOutcome>;
  /** Runs the vectors; on the lean kernel, or on another build of `rfckit verify --build`. */
  verify(build?: string): Promise<ConformanceOutcome>;
}
