import type { Git } from "../git/git.ts";
import { DURABLE_OPTIONS } from "../git/git-env.ts";

/** Copies the objects of `base..tip` from a scratch repository into another one. */
export async function sendCommits(from: Git, to: Git, base: string, tip: string): Promise<void> {
  const pack = ["pack-objects", "--revs", "--stdout", "--quiet", "--no-reuse-delta"];
  const bytes = await from.bytes(pack, { input: `${tip}\n^${base}\n` });
  await to.bytes([...DURABLE_OPTIONS, "unpack-objects", "-q"], { input: bytes });
}
