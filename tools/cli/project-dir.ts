import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The file that makes a folder a project. */
export const SERIES_FILE = join("patches", "series.yaml");

/** The nearest folder at or above `cwd` that holds a series, else the one rfckit ships with. */
export function findProjectDir(cwd: string, packageDir: string): string {
  for (let dir = cwd; ; dir = dirname(dir)) {
    if (existsSync(join(dir, SERIES_FILE))) return dir;
    if (dir === dirname(dir)) return packageDir;
  }
}
