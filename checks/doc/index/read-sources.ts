import type { GitCall } from "../../../tools/lib/git/git.ts";
import { eachBlob } from "../../../tools/lib/git/read-blobs.ts";
import { NameCollector } from "./name-set.ts";
import { collectPasteMacros, type PasteMacros } from "./paste-macros.ts";
import { NameScanner } from "./scan-names.ts";

const DOCUMENTS = "Documentation/";
const DOCUMENT = /^Documentation\/(?:ABI\/|.*\.rst$)/;
const KCONFIG = /(?:^|\/)Kconfig[^/]*$/;
const SYMBOL_LINE = /^[ \t]*(?:menu)?config[ \t].*/gm;
const SOURCE = /\.(?:c|h|S|rs|lds|y|l|py|pl|sh|awk|tbl)$/;
/** Hundreds of megabytes of register names of one driver, which no document speaks of. */
const LEFT_OUT = /^drivers\/gpu\/drm\/amd\/include\/asic_reg\//;
const HEADER = /^include\/.*\.h$|^arch\/[^/]+\/include\/.*\.h$/;

/** What an index is made of. */
export interface TreeSources {
  /** The files of Documentation, .rst and ABI: path from the top, text. */
  readonly documents: readonly (readonly [string, string])[];
  /** Lines of Kconfig files that define symbols. */
  readonly kconfig: readonly string[];
  /** Every identifier in the sources, and those that macros make, see `NameCollector`. */
  readonly hashes: Uint32Array;
}

/**
 * Reads all files of a tree that an index is made of, one after the other as git gives them.
 *
 * @throws ToolError `git-failed` (infra)
 */
export async function readSources(
  call: Pick<GitCall, "dir" | "signal">,
  treeish: string,
): Promise<TreeSources> {
  const macros: PasteMacros = new Map();
  const headers = { ...call, treeish, wants: (path: string): boolean => HEADER.test(path) };
  await eachBlob({ ...headers, paths: ["include", "arch"] }, (_, bytes) => {
    collectPasteMacros(asBuffer(bytes).toString("latin1"), macros);
  });
  const documents: [string, string][] = [];
  const kconfig: string[] = [];
  const names = new NameCollector();
  const scanner = new NameScanner(names, macros);
  await eachBlob({ ...call, treeish, wants: isSource }, (path, bytes) => {
    const text = (): string => asBuffer(bytes).toString();
    if (KCONFIG.test(path)) kconfig.push(...(text().match(SYMBOL_LINE) ?? []));
    else if (DOCUMENT.test(path)) documents.push([path, text()]);
    else scanner.scan(bytes);
  });
  return { documents, kconfig, hashes: names.freeze() };
}

function isSource(path: string): boolean {
  if (KCONFIG.test(path) || DOCUMENT.test(path)) return true;
  return SOURCE.test(path) && !path.startsWith(DOCUMENTS) && !LEFT_OUT.test(path);
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
