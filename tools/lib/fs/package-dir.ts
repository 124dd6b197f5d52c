import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ToolError } from "../error.ts";

/**
 * The folder of rfckit itself, whether it runs from its sources or compiled from `dist/`.
 *
 * @throws ToolError `package-dir-missing` (internal) when no parent folder is rfckit's.
 */
export function findPackageDir(from: string = fileURLToPath(import.meta.url)): string {
  for (let dir = dirname(from); dir !== dirname(dir); dir = dirname(dir)) {
    if (packageName(dir) === "rfckit") return dir;
  }
  throw new ToolError(`no folder above '${from}' is rfckit's own`, {
    kind: "internal",
    code: "package-dir-missing",
  });
}

function packageName(dir: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));
    return (parsed as { name?: string }).name;
  } catch {
    return undefined;
  }
}
