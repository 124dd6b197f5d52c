import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { contentKey } from "../fs/content-store.ts";

/**
 * A key over the sources of the reference model. Together with stage, seed and topology it decides
 * the vectors and what is predicted, so a verdict is found again without generating them.
 */
export async function hashModel(packageDir: string): Promise<string> {
  const root = join(packageDir, "kernel-model");
  const names = (await readdir(root, { recursive: true }))
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .sort();
  const contents = await Promise.all(names.map((name) => readFile(join(root, name))));
  return contentKey([...names, ...contents]);
}
