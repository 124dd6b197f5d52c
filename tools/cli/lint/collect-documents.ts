import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ToolError } from "../../lib/error.ts";

/** A document on disk. */
export interface FoundDocument {
  /** As the user named it, or below what they named. */
  readonly path: string;
  readonly absolute: string;
}

const SKIPPED: readonly string[] = [".git", "node_modules", "dist", "output"];
const DOCUMENT = /\.(?:rst|md)$/;

/**
 * Finds the documents that paths name: files as they are, directories with all below them. Symbolic
 * links to directories are not followed, so that a loop of them ends.
 *
 * @throws ToolError `path-missing` (user), `not-a-document` (user)
 */
export async function collectDocuments(
  paths: readonly string[],
  cwd: string,
): Promise<FoundDocument[]> {
  const found = new Map<string, FoundDocument>();
  const add = (path: string): void => {
    const absolute = resolve(cwd, path);
    if (!found.has(absolute)) found.set(absolute, { path, absolute });
  };
  for (const path of paths) {
    const info = await stat(resolve(cwd, path)).catch((error: unknown) => {
      throw userError(`'${path}' cannot be read`, "path-missing", error);
    });
    if (info.isDirectory()) {
      for (const below of await listDocuments(resolve(cwd, path))) add(join(path, below));
    } else if (!info.isFile()) {
      // A pipe or a device may have no end, or never begin.
      throw userError(`'${path}' is neither a file nor a directory`, "not-a-document");
    } else if (DOCUMENT.test(path)) add(path);
    else throw userError(`'${path}' is neither .rst nor .md`, "not-a-document");
  }
  return [...found.values()];
}

async function listDocuments(directory: string): Promise<string[]> {
  const found: string[] = [];
  const entries = await readdir(directory, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory() && !SKIPPED.includes(entry.name)) {
      const below = await listDocuments(join(directory, entry.name));
      found.push(...below.map((path) => join(entry.name, path)));
    } else if (entry.isFile() && DOCUMENT.test(entry.name)) found.push(entry.name);
  }
  return found;
}

/**
 * The text of a document; what is not UTF-8 becomes U+FFFD, and `isValid` says so. Documents are
 * small and many, and waiting for each would take longer than reading it.
 */
export function readDocument(path: string): {
  readonly source: string;
  readonly isValid: boolean;
} {
  return decodeDocument(readStart(path));
}

/** Whether a file has this text. */
export function isOnDisk(path: string, source: string): boolean {
  return existsSync(path) && statSync(path).isFile() && readDocument(path).source === source;
}

/** What is longer is refused by its length, whatever its bytes are, and need not be read whole. */
const MOST_BYTES = 40_000_000;

function readStart(path: string): Uint8Array {
  if (statSync(path).size <= MOST_BYTES) return readFileSync(path);
  const file = openSync(path, "r");
  try {
    const bytes = new Uint8Array(MOST_BYTES);
    return bytes.subarray(0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

/** As `readDocument`, of bytes. */
export function decodeDocument(bytes: Uint8Array): {
  readonly source: string;
  readonly isValid: boolean;
} {
  const decode = (fatal: boolean): string =>
    new TextDecoder("utf-8", { ignoreBOM: true, fatal }).decode(bytes);
  try {
    return { source: decode(true), isValid: true };
  } catch {
    return { source: decode(false), isValid: false };
  }
}

function userError(message: string, code: string, cause?: unknown): ToolError {
  const hints = ["rfckit lint Documentation/mm"];
  return new ToolError(message, { kind: "user", code, hints, cause });
}
