import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { errnoOf } from "./disk-space.ts";
import type { LockOptions } from "./lock.ts";
import { type BuildDir, isDirectory, publishDir } from "./publish-dir.ts";
import { writeFileAtomic } from "./write-file-atomic.ts";

/**
 * SHA-256, in hex, of a list of parts. The length of each part counts, so that no two different
 * lists are hashed as the same bytes.
 */
export function contentKey(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) {
    const bytes = typeof part === "string" ? new TextEncoder().encode(part) : part;
    hash.update(`${bytes.byteLength}:`).update(bytes);
  }
  return hash.digest("hex");
}

/** Results that are kept under the key of what they were made from. Entries never change. */
export interface ContentStore {
  /** Where the directory of `key` is or would be. */
  dirOf(key: string): string;
  /** The directory of `key`, or undefined when it was not made yet. */
  findDir(key: string): Promise<string | undefined>;
  /** The directory of `key`, made by `build` when it is missing; see `publishDir`. */
  makeDir(key: string, options: LockOptions, build: BuildDir): Promise<string>;
  /** The bytes kept under `key`, or undefined. */
  readBytes(key: string): Promise<Uint8Array | undefined>;
  /** Keeps bytes under `key`, atomically. */
  writeBytes(key: string, bytes: string | Uint8Array): Promise<void>;
}

/** Opens the store in `root`, which is created when something is first kept. */
export function openContentStore(root: string): ContentStore {
  const pathOf = (key: string, suffix: string): string => {
    if (!/^[0-9a-f]{8,}$/.test(key)) throw new RangeError(`'${key}' is not a content key`);
    return join(root, key.slice(0, 2), key.slice(2) + suffix);
  };
  const dirOf = (key: string): string => pathOf(key, "");
  return {
    dirOf,
    async findDir(key) {
      return (await isDirectory(dirOf(key))) ? dirOf(key) : undefined;
    },
    async makeDir(key, options, build) {
      await publishDir(dirOf(key), options, build);
      return dirOf(key);
    },
    async readBytes(key) {
      try {
        return await readFile(pathOf(key, ".bin"));
      } catch (error) {
        if (errnoOf(error) === "ENOENT") return undefined;
        throw error;
      }
    },
    async writeBytes(key, bytes) {
      await writeFileAtomic(pathOf(key, ".bin"), bytes);
    },
  };
}
