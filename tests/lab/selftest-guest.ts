import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { TOPOLOGIES } from "../../kernel-model/index.ts";
import { findPackageDir } from "../../tools/lib/fs/package-dir.ts";
import { gitBytes } from "../../tools/lib/git/git.ts";
import {
  compileStatic,
  type ProgramsOutput,
  runPrograms,
} from "../../tools/lib/selftests/run-programs.ts";

/** A commit of a kernel repository. */
export interface Revision {
  readonly repository: string;
  readonly treeish: string;
}

/** Lays `paths` of a revision below `dir`, each under the name beside it. */
export async function layFiles(
  dir: string,
  { repository, treeish }: Revision,
  paths: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [path, target] of Object.entries(paths)) {
    await mkdir(join(dir, target, ".."), { recursive: true });
    const args = ["show", `${treeish}:${path}`];
    await writeFile(join(dir, target), await gitBytes({ dir: repository, args }));
  }
}

/** Compiles one C file to a static program; headers come from `<dir>/include` first. */
export async function compileProgram(dir: string, source: string): Promise<Uint8Array> {
  const file = join(dir, source);
  return await compileStatic(file, `${file}.program`, ["-Werror", "-I", join(dir, "include")]);
}

/** Boots a machine with two tiers, which runs the programs; gives its console. */
export async function runInGuest(
  dir: string,
  vmlinux: string,
  programs: Readonly<Record<string, Uint8Array>>,
): Promise<string> {
  const { isWhole, console } = await bootPrograms(dir, vmlinux, programs);
  if (!isWhole) throw new Error(`the guest did not come to its end:\n${console}`);
  return console;
}

/** The same, however the guest ends. */
export async function bootPrograms(
  dir: string,
  vmlinux: string,
  programs: Readonly<Record<string, Uint8Array>>,
): Promise<ProgramsOutput> {
  const [topology] = TOPOLOGIES;
  if (topology === undefined) throw new Error("the model has no topology");
  const packageDir = findPackageDir();
  return await runPrograms({ vmlinux, topology, programs, packageDir, dir });
}
