import { posix } from "node:path";
import type { ReviewContext } from "../context.ts";
import { changedSources, isOfKernel } from "../static/changed-sources.ts";

/** So many are built: a header that breaks its users breaks the first of them. */
const MOST = 40;
/** Where a header is found by `<...>`, whichever processor it is for. */
const INCLUDED_BELOW = /^(?:arch\/\w+\/)?include\/(?:uapi\/)?/;

/**
 * C files of the base that include a header which the patches change, by their paths: those in
 * folders that the patches change first. A header that another one includes is not followed.
 */
export async function includersOf({ effects, patches }: ReviewContext): Promise<string[]> {
  const changed = patches.flatMap((mail) => changedSources(mail, /\.[ch]$/));
  const headers = changed.filter(({ path, status }) => path.endsWith(".h") && status !== "added");
  const folders = new Set(changed.map(({ path }) => posix.dirname(path)));
  const found = new Set<string>();
  for (const path of new Set(headers.map((header) => header.path))) {
    for (const one of await effects.searchBase(includeOf(path), folderOf(path))) {
      if (one.path.endsWith(".c") && isOfKernel(one.path)) found.add(one.path);
    }
  }
  const isNear = (path: string): number => (folders.has(posix.dirname(path)) ? 0 : 1);
  return [...found].sort((a, b) => isNear(a) - isNear(b) || (a < b ? -1 : 1)).slice(0, MOST);
}

/** An extended regular expression for the lines that include a header. */
function includeOf(path: string): string {
  const isPublic = INCLUDED_BELOW.test(path);
  const name = isPublic ? path.replace(INCLUDED_BELOW, "") : posix.basename(path);
  return `^#[ \t]*include [<"]${name.replaceAll(".", "\\.")}[>"]`;
}

/** A header that no include path leads to is included from its own folder alone. */
function folderOf(path: string): string {
  return INCLUDED_BELOW.test(path) ? "." : posix.dirname(path);
}
