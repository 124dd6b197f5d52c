import type { ConformanceOutcome } from "../../../checks/context.ts";
import { GENERATED_STAGES, type VectorRequest } from "../../../kernel-model/index.ts";
import { X86 } from "../../lib/arch/registry.ts";
import { buildKernel } from "../../lib/build/build-kernel.ts";
import { findCompiler } from "../../lib/build/compiler.ts";
import { parseBuilds } from "../../lib/build/kernel-builds.ts";
import { LAB_FRAGMENTS, readKernelConfig, stageFragments } from "../../lib/build/kernel-config.ts";
import type { Coverage } from "../../lib/coverage/coverage.ts";
import { ToolError } from "../../lib/error.ts";
import { contentKey } from "../../lib/fs/content-store.ts";
import { qemuId } from "../../lib/qemu/qemu-id.ts";
import { isInfrastructure } from "../../lib/verify/outcome.ts";
import { hasRun, type VectorsReport } from "../../lib/verify/verify-report.ts";
import { verifySeries } from "../../lib/verify/verify-series.ts";
import type { CommandContext } from "../command.ts";
import { type GateInput, requireCommits } from "./gate-input.ts";
import type { LabWork } from "./lab-work.ts";

export interface LabRequest {
  readonly input: GateInput;
  readonly cacheDir: string;
  readonly context: CommandContext;
  readonly onProgress: (line: string) => void;
}

/** Builds and verifies with this machine's compiler and QEMU, for the gate. */
export function openKernelLab(request: LabRequest): LabWork {
  const { input, cacheDir, context, onProgress } = request;
  const { packageDir, env, signal } = context;
  const tip = input.patches.at(-1);
  const open = () => {
    return { tree: requireCommits(input).tree, cacheDir, env, signal, onProgress };
  };
  return {
    async buildKey() {
      const config = await readKernelConfig(packageDir, [
        ...LAB_FRAGMENTS,
        ...stageFragments(input.stage),
      ]);
      return contentKey([config.hash, (await findCompiler(signal)).id]);
    },
    async verifyKey() {
      return contentKey([
        await this.buildKey(),
        await qemuId(X86.machine.program, signal),
        input.stage,
      ]);
    },
    async buildCommit(patch) {
      const result = await buildKernel({
        ...open(),
        treeish: patch.commit,
        config: await readKernelConfig(packageDir, [
          ...LAB_FRAGMENTS,
          ...stageFragments(input.stage),
        ]),
        // Only the whole series is sure to have the feature's options.
        featureExpected: input.featureExpected && patch === tip,
      });
      if (result.kind === "failed") return { ok: false, ...result };
      return { ok: true, errors: [], logFile: result.logFile, command: "rfckit build" };
    },
    async verify(name) {
      const stage = requireStage(input.stage);
      if (tip === undefined) throw new RangeError("a series has at least one patch");
      const [build] = name === undefined ? [] : parseBuilds(name);
      const { base } = requireCommits(input);
      const call = { ...open(), treeish: tip.commit, stage, packageDir, base };
      const report = await verifySeries(build === undefined ? call : { ...call, build });
      if (hasRun(report)) return outcomeOf(report);
      if (report.outcome === "not-run") throw new RangeError("the default machine always runs");
      const { logFile, command, errors } = report;
      const detail = errors[0]?.text ?? "make failed";
      const none = { isInfrastructure: false, vectors: 0, failures: [] };
      return { kind: report.outcome, ...none, detail, logFile, command };
    },
  };
}

function outcomeOf(report: VectorsReport): ConformanceOutcome {
  const guest = report.guests.at(-1);
  const failures = report.findings.flatMap(({ vector }) => {
    if (vector === undefined) return [];
    const { id, title, program, predicted, observed } = vector;
    return [{ vector: id, title, program: program.join("\n"), predicted, observed }];
  });
  return {
    kind: report.outcome,
    isInfrastructure: report.outcome !== "pass" && isInfrastructure(report.outcome),
    vectors: report.totalVectors,
    failures,
    detail: report.findings[0]?.what ?? `${report.agreeingVectors} vectors agree`,
    logFile: guest?.consoleFile ?? report.runDir,
    command: `rfckit verify --stage ${report.stage} --seed ${report.seed}`,
    ...(report.coverage !== undefined && { unreached: unreachedIn(report.coverage) }),
  };
}

function unreachedIn({ files }: Coverage): NonNullable<ConformanceOutcome["unreached"]> {
  return files.flatMap(({ path, lines }) =>
    lines.filter(({ count }) => count === 0).map(({ line }) => ({ path, line })),
  );
}

function requireStage(name: string): VectorRequest["stage"] {
  const stage = GENERATED_STAGES.find((known) => known === name);
  if (stage !== undefined) return stage;
  throw new ToolError(`the reference model has no stage '${name}'`, {
    kind: "environment",
    code: "stage-not-modelled",
    hints: [`use one of the stages ${GENERATED_STAGES.join(", ")}`],
  });
}
