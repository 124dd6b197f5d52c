import type { VariantResult } from "../tools/lib/build/build-variant.ts";
import type { ToolMessage } from "../tools/lib/build/tool-messages.ts";
import type { KernelVariant } from "../tools/lib/build/variant.ts";
import type { ProgramBuild } from "../tools/lib/kernel/link-program.ts";
import type { Documents } from "../tools/lib/kernel/run-htmldocs.ts";
import type { SelftestsOutcome } from "../tools/lib/selftests/run-selftests.ts";
import type { Expressions, Facts, Target } from "../tools/lib/uapi/header-compiler.ts";

/** One build in one configuration. */
export interface VariantBuild {
  /** The base, a patch's commit, or the tip's. */
  readonly commit: string;
  readonly variant: KernelVariant;
  /** Targets of make, such as `vmlinux` or `mm/hbf.o`; none to configure only. */
  readonly targets: readonly string[];
  /** Files of our own in the checkout, such as a positive control. */
  readonly added?: Readonly<Record<string, string>>;
}

/** Asks compilers about UAPI headers, those of the tip unless a commit is named. */
export interface HeaderQueries {
  /** Errors of the header alone, as C90 and included twice. */
  alone(path: string, target: Target): Promise<readonly string[]>;
  /** One answer a target, in their order. */
  evaluate(
    path: string,
    targets: readonly Target[],
    expressions: Expressions,
  ): Promise<readonly Facts[]>;
  /**
   * Values that the header of a commit gives, by target, without what is no constant there;
   * undefined for a target whose compiler does not take the header.
   */
  valuesAt(
    commit: string,
    path: string,
    targets: readonly Target[],
    expressions: Expressions,
  ): Promise<readonly (Facts | undefined)[]>;
}

/** What checks ask of compilers. */
export interface LabEffects {
  buildVariant(build: VariantBuild): Promise<VariantResult>;
  /** What scripts/bloat-o-meter says of the lean kernel without and with the series. */
  growth(): Promise<{ readonly bytes: number; readonly text: string }>;
  /** Errors of compiler and linker in a program of a commit's selftests, with its UAPI headers. */
  buildProgram(commit: string, path: string): Promise<ProgramBuild>;
  /** Builds programs of the selftests and runs them in a guest with the kernel of the tip. */
  runSelftests(paths: readonly string[]): Promise<SelftestsOutcome>;
  /** What `make htmldocs` warns of in folders of Documentation, on a commit with files of ours. */
  htmldocs(documents: Documents): Promise<readonly ToolMessage[]>;
  readonly headers: HeaderQueries;
}
