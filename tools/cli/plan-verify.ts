import { findTopology, type Topology } from "../../kernel-model/index.ts";
import { readBuildConfig } from "../lib/build/kernel-builds.ts";
import { planBuild } from "../lib/build/plan-build.ts";
import { ownSourcesOf } from "../lib/verify/guest-coverage.ts";
import { vectorsFor } from "../lib/verify/vectors-for.ts";
import type { CommandContext } from "./command.ts";
import type { SharedRequest } from "./run-verify.ts";
import type { PlannedRun } from "./verify-plan.ts";

/**
 * What `rfckit verify` would do, as lines: each kernel with the commands of a build that has to be
 * made, and each machine with what it would be given. Nothing is built or booted, and patches on
 * top of the series are only named.
 */
export async function describeVerify(
  runs: readonly PlannedRun[],
  request: SharedRequest,
  context: Pick<CommandContext, "packageDir" | "env" | "signal">,
): Promise<string[]> {
  const { tree, treeish, base, patches = [] } = request;
  const { packageDir, env, signal } = context;
  const lines = patches.map((file) => `put '${file}' on top first`);
  let builtFor = "";
  for (const run of runs) {
    const { build, topology, arch } = run;
    const { fragments = [] } = requireTopology(topology);
    const kernel = [build.name, arch.name, ...fragments].join(" ");
    if (kernel !== builtFor) {
      const series = { repository: tree.dir, treeish, base, signal };
      const own = await ownSourcesOf(build, series);
      const config = await readBuildConfig(packageDir, build, own, arch, fragments);
      const commands = await planBuild({ tree, treeish, config, env, signal });
      lines.push(`kernel '${kernel}'${commands.length === 0 ? ", built before" : ":"}`);
      lines.push(...commands.map((command) => `  ${command}`));
      builtFor = kernel;
    }
    const count = countVectors(request, run);
    const asked = `set '${request.set ?? "default"}', seed ${request.seed ?? 1}`;
    const part = request.shard === undefined ? "" : `, part ${partOf(request.shard)}`;
    lines.push(`boot '${kernel}' on '${topology}': ${count} vectors (${asked}${part})`);
  }
  return lines;
}

function partOf({ index, total }: NonNullable<SharedRequest["shard"]>): string {
  return `${index}/${total}`;
}

function countVectors(
  { stage, seed = 1, set = "default", sample = 1 }: SharedRequest,
  { topology, arch }: PlannedRun,
): number {
  const asked = { stage, seed, topology: requireTopology(topology) };
  let count = 0;
  for (const part of vectorsFor({ set, arch, asked, sample }, { changed: 0, dropped: 0 })) {
    count += part.vectors.length;
  }
  return count;
}

function requireTopology(name: string): Topology {
  const topology = findTopology(name);
  if (topology === undefined) throw new RangeError(`no topology '${name}'`);
  return topology;
}
