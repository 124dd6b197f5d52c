import { join } from "node:path";
import { findTopology, TOPOLOGIES, type Topology } from "../../../kernel-model/index.ts";
import { ToolError } from "../error.ts";
import { cacheDir } from "../fs/cache-dir.ts";
import type { KernelTree } from "../kernel/find-tree.ts";
import { patchTree } from "./patch-tree.ts";
import type { VerifyRequest } from "./verify-series.ts";

/** The tree to build: that of the request, or one with its patches on top. */
export async function sourceOf(
  request: Pick<VerifyRequest, "tree" | "treeish" | "patches" | "env" | "signal">,
): Promise<{ readonly tree: KernelTree; readonly treeish: string }> {
  const { tree, treeish, patches = [], env, signal } = request;
  if (patches.length === 0) return { tree, treeish };
  const scratchDir = join(cacheDir(env), "patched.git");
  const treeId = await patchTree({ tree, treeish, patches, scratchDir, signal });
  return { tree: { dir: scratchDir, gitDir: scratchDir, own: false }, treeish: treeId };
}

/** The topology of that name, or the first. @throws ToolError `unknown-topology` (user) */
export function requireTopology(name: string | undefined): Topology {
  const topology = name === undefined ? TOPOLOGIES[0] : findTopology(name);
  if (topology !== undefined) return topology;
  const known = TOPOLOGIES.map((one) => one.name);
  throw new ToolError(`there is no topology '${name ?? ""}', only ${known.join(", ")}`, {
    kind: "user",
    code: "unknown-topology",
    hints: known.map((one) => `rfckit verify --topology ${one}`),
  });
}
