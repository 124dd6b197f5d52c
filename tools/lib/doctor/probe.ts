import { accessSync, constants, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { Requirement } from "./requirements.ts";

/** A requirement and where it was found; `path` is undefined when it is missing. */
export interface Finding {
  readonly requirement: Requirement;
  readonly path: string | undefined;
}

/** Looks for each requirement: files by path, programs in the folders of `searchPath` (PATH). */
export function probeRequirements(
  requirements: readonly Requirement[],
  searchPath: string,
): Finding[] {
  const folders = searchPath.split(":").filter((folder) => folder !== "");
  return requirements.map((requirement) => ({
    requirement,
    path: locate(requirement.needs, folders),
  }));
}

/** What to look for besides what everybody needs. */
export interface MissingWish {
  readonly optional?: boolean;
  /** What other architectures need. */
  readonly arch?: boolean;
}

/** The packages that hold what is missing, each once, in order; others only if asked for. */
export function missingPackages(findings: readonly Finding[], wish: MissingWish = {}): string[] {
  const missing = findings
    .filter((finding) => finding.path === undefined)
    .filter(({ requirement: { optional, arch } }) => {
      return (wish.optional === true || optional !== true) && (wish.arch === true || !arch);
    })
    .map((finding) => finding.requirement.debianPackage);
  return [...new Set(missing)];
}

function locate(needs: string, folders: readonly string[]): string | undefined {
  const candidates = isAbsolute(needs) ? [needs] : folders.map((folder) => join(folder, needs));
  const mode = isAbsolute(needs) ? constants.R_OK : constants.X_OK;
  return candidates.find((candidate) => isUsable(candidate, mode));
}

function isUsable(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
