import { TOPOLOGIES } from "../../kernel-model/index.ts";
import { type KernelBuild, parseBuilds } from "../lib/build/kernel-builds.ts";
import { EXIT, type ExitCode, ToolError } from "../lib/error.ts";
import type { VerifyReport } from "../lib/verify/verify-report.ts";

/** One kernel on one machine. */
export interface PlannedRun {
  readonly build: KernelBuild;
  /** Name. */
  readonly topology: string;
}

/**
 * Every build on every machine that the command line names, builds first.
 *
 * @param builds names with commas between them
 * @param topology a name, names with commas between them, or `all`; the model's first unless told
 * @throws ToolError `unknown-build`, `unknown-topology` (user)
 */
export function planRuns(builds: string, topology: string | undefined): readonly PlannedRun[] {
  const known = TOPOLOGIES.map(({ name }) => name);
  const names = topology === "all" ? known : (topology ?? known[0] ?? "").split(",");
  const stranger = names.find((name) => !known.includes(name));
  if (stranger !== undefined) {
    throw new ToolError(`there is no topology '${stranger}', only ${known.join(", ")}`, {
      kind: "user",
      code: "unknown-topology",
      hints: [...known, "all"].map((name) => `rfckit verify --topology ${name}`),
    });
  }
  const unique = [...new Set(names)];
  return parseBuilds(builds).flatMap((build) => unique.map((name) => ({ build, topology: name })));
}

/** The exit code of several runs: a kernel that fails counts before a machine that does. */
export function exitCodeOf(reports: readonly VerifyReport[]): ExitCode {
  const verdicts = reports.map(({ verdict }) => verdict);
  if (verdicts.includes("fail")) return EXIT.findings;
  return verdicts.includes("error") ? EXIT.infra : EXIT.ready;
}
