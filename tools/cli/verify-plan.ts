import { TOPOLOGIES } from "../../kernel-model/index.ts";
import type { Architecture } from "../lib/arch/architecture.ts";
import { parseArchitectures, X86 } from "../lib/arch/registry.ts";
import { type KernelBuild, parseBuilds } from "../lib/build/kernel-builds.ts";
import { EXIT, type ExitCode, ToolError } from "../lib/error.ts";
import type { VerifyReport } from "../lib/verify/verify-report.ts";

/** What the command line names. */
export interface PlanWish {
  /** Names with commas between them. */
  readonly builds: string;
  /** A name, names with commas between them, or `all`; the first of the machine unless told. */
  readonly topology?: string | undefined;
  /** Names with commas between them, or `all`; x86-64 unless told. */
  readonly arch?: string | undefined;
}

/** One kernel on one machine. */
export interface PlannedRun {
  readonly build: KernelBuild;
  /** Name. */
  readonly topology: string;
  readonly arch: Architecture;
}

/**
 * Every build on every machine that the command line names, architectures first, then builds.
 *
 * @throws ToolError `unknown-build`, `unknown-architecture`, `unknown-topology` (user)
 */
export function planRuns({ builds, topology, arch = X86.name }: PlanWish): readonly PlannedRun[] {
  return parseArchitectures(arch).flatMap((one) => {
    const names = topologiesOf(one, topology);
    return parseBuilds(builds).flatMap((build) =>
      names.map((name) => ({ build, topology: name, arch: one })),
    );
  });
}

function topologiesOf(arch: Architecture, wish: string | undefined): readonly string[] {
  const possible = TOPOLOGIES.map(({ name }) => name).filter(
    (name) => arch.topologies?.includes(name) !== false,
  );
  if (wish === "all") return possible;
  const names = [...new Set((wish ?? possible[0] ?? "").split(","))];
  const stranger = names.find((name) => !possible.includes(name));
  if (stranger === undefined) return names;
  const where = arch.name === X86.name ? "" : ` for ${arch.name}`;
  throw new ToolError(`there is no topology '${stranger}'${where}, only ${possible.join(", ")}`, {
    kind: "user",
    code: "unknown-topology",
    hints: [...possible, "all"].map((name) => `rfckit verify --topology ${name}`),
  });
}

/**
 * The exit code of several runs: a kernel that fails counts before a machine that does. What this
 * machine cannot boot counts when there is nothing else.
 */
export function exitCodeOf(reports: readonly VerifyReport[]): ExitCode {
  const verdicts = reports.map(({ verdict }) => verdict);
  if (verdicts.includes("fail")) return EXIT.findings;
  if (verdicts.includes("error")) return EXIT.infra;
  return verdicts.includes("pass") ? EXIT.ready : EXIT.couldNotRun;
}
