import type { KernelBuild } from "../build/kernel-builds.ts";
import { findOwnSources } from "../build/own-sources.ts";
import { type Coverage, mergeCoverage } from "../coverage/coverage.ts";
import { runGcov } from "../coverage/run-gcov.ts";
import { ToolError } from "../error.ts";
import type { Extras } from "./extras.ts";

/** Where the series and what it stands on are found. */
export interface OwnSourcesRequest {
  readonly repository: string;
  readonly treeish: string;
  readonly base: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * The series' own C files, for a build that instruments those alone; none for the others.
 *
 * @throws ToolError `base-unknown` (user)
 */
export async function ownSourcesOf(
  build: KernelBuild,
  { repository, treeish, base, signal }: OwnSourcesRequest,
): Promise<readonly string[]> {
  if (build.ownObjects === undefined) return [];
  if (base !== undefined) return await findOwnSources(repository, base, treeish, signal);
  throw new ToolError(`the build '${build.name}' has to know what the series stands on`, {
    kind: "user",
    code: "base-unknown",
    hints: ["name the base commit"],
  });
}

/**
 * What gcov counted in all guests together. A guest that did not come to its end counts for
 * nothing.
 */
export async function coverageOf(request: {
  readonly ownSources: readonly string[];
  readonly notesDir: string;
  readonly extras: readonly Extras[];
  readonly tempDir: string;
  readonly signal: AbortSignal;
}): Promise<Coverage> {
  const { extras, ...options } = request;
  const parts = [];
  for (const counts of extras) parts.push(await runGcov({ ...options, counts }));
  return mergeCoverage(parts);
}
