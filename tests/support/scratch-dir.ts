import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A fresh directory for the running test, removed when the test is over. */
export async function scratchDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "rfckit-test-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}
