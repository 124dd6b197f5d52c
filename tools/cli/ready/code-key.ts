import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { contentKey } from "../../lib/fs/content-store.ts";

/** What decides the results beside the series: compiled code, guest sources, Kconfig fragments. */
const CODE_FOLDERS = [
  "dist/kernel-model",
  "dist/tools",
  "dist/checks",
  "tools/guest",
  "tools/kconfig",
];

/** Hash of rfckit itself: a result of another version of the code is not trusted. */
export function hashOwnCode(packageDir: string): string {
  const files = CODE_FOLDERS.flatMap((folder) => listFiles(join(packageDir, folder)))
    .filter((file) => /\.(?:js|c|h|config)$/.test(file))
    .sort();
  return contentKey(
    files.flatMap((file) => [relative(packageDir, file), new Uint8Array(readFileSync(file))]),
  );
}

function listFiles(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
