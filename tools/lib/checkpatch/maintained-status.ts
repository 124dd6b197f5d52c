import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { entriesOf, parseMaintainers } from "../kernel/maintainers-file.ts";

/**
 * Stands in for `perl` in the PATH of checkpatch.
 *
 * Problem: checkpatch asks, for each file of a patch, whether MAINTAINERS calls it obsolete, with a
 * get_maintainer.pl of its own that reads all of MAINTAINERS: two thirds of its time. This answers
 * that one question from a list that was made once, and hands every other call to perl.
 */
const SHIM = `#!/bin/sh
case "$*" in
*scripts/get_maintainer.pl\\ --status\\ --nom\\ --nol\\ --nogit\\ --nogit-fallback\\ -f\\ *)
	for file; do :; done
	if grep -qxF -e "$file" "\${0%/*}/obsolete"; then echo Obsolete; else echo Maintained; fi ;;
*) exec /usr/bin/perl "$@" ;;
esac
`;

/**
 * Writes the stand-in into a directory, to be put before the others in PATH.
 *
 * @param maintainers the text of MAINTAINERS
 * @param paths files that patches change
 */
export async function writeStatusShim(
  dir: string,
  maintainers: string,
  paths: readonly string[],
): Promise<void> {
  const obsolete = obsoleteFiles(maintainers, paths);
  await writeFile(join(dir, "obsolete"), obsolete.map((path) => `${path}\n`).join(""));
  await writeFile(join(dir, "perl"), SHIM, { mode: 0o755 });
}

/**
 * Those of the files that an entry of MAINTAINERS calls obsolete.
 *
 * Source: scripts/checkpatch.pl:is_maintained_obsolete @ 6.12.117
 */
export function obsoleteFiles(maintainers: string, paths: readonly string[]): string[] {
  const entries = parseMaintainers(maintainers).filter(({ fields }) =>
    fields.some(({ letter, value }) => letter === "S" && /obsolete/i.test(value)),
  );
  return [...new Set(paths)].filter((path) => entriesOf(path, entries).length > 0);
}
