import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { errnoOf } from "../fs/disk-space.ts";

/** What is in it is made again after a crash, so nothing is flushed; version 4 is half as large. */
const CONFIG = `[core]
\tfilemode = true
\tbare = true
\tfsync = none
[index]
\tversion = 4
`;

export interface ScratchRequest {
  /** Directory that becomes the bare repository; made when missing. */
  readonly dir: string;
  /** Common git directory of the repository whose objects are seen. */
  readonly gitDir: string;
  /** What a .gitattributes says that decides how diffs look; none: git's defaults. */
  readonly attributes?: Uint8Array;
}

/**
 * Makes a bare repository that sees the objects of another and none of its configuration,
 * attributes, hooks, refs or grafts. What is written into it stays in it.
 */
export async function createScratchRepo(request: ScratchRequest): Promise<void> {
  const { dir, gitDir } = request;
  await mkdir(join(dir, "objects", "info"), { recursive: true });
  await mkdir(join(dir, "refs"), { recursive: true });
  await mkdir(join(dir, "info"), { recursive: true });
  await writeFile(join(dir, "HEAD"), "ref: refs/heads/none\n");
  await writeFile(join(dir, "config"), `${CONFIG}${await formatOf(gitDir)}`);
  await writeFile(join(dir, "objects", "info", "alternates"), `${join(gitDir, "objects")}\n`);
  try {
    await copyFile(join(gitDir, "shallow"), join(dir, "shallow"));
  } catch (error) {
    if (errnoOf(error) !== "ENOENT") throw error;
  }
  if (request.attributes === undefined) return;
  await writeFile(join(dir, "info", "attributes"), request.attributes);
}

/** Both repositories must name their objects by the same hash. */
async function formatOf(gitDir: string): Promise<string> {
  const config = await readFile(join(gitDir, "config"), "utf8");
  if (!/^\s*objectformat\s*=\s*sha256\s*$/im.test(config)) return VERSION_0;
  return "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tobjectFormat = sha256\n";
}

const VERSION_0 = "[core]\n\trepositoryformatversion = 0\n";
