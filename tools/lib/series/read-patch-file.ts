import { readFile, stat } from "node:fs/promises";
import { ToolError } from "../error.ts";
import { errnoOf } from "../fs/disk-space.ts";
import { MAX_PATCH_BYTES } from "../patch/parse-mail.ts";

/**
 * Reads a file that should be a patch or a mailbox, and does not read what is far too large.
 *
 * @throws ToolError (user) `patch-missing`, `patch-broken`
 */
export async function readPatchFile(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > MAX_PATCH_BYTES) {
      throw new ToolError(`${path}:1: not a sound patch: the file is larger than 64 MiB`, {
        kind: "user",
        code: "patch-broken",
      });
    }
    return await readFile(path);
  } catch (error) {
    if (error instanceof ToolError) throw error;
    throw new ToolError(`cannot read patch '${path}': ${errnoOf(error) ?? "unknown error"}`, {
      kind: "user",
      code: "patch-missing",
      hints: ["name patch files or mailboxes; those of a stage are in patches/<stage>/"],
      cause: error,
    });
  }
}
