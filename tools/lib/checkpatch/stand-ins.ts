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
const PERL = `#!/bin/sh
case "$*" in
*scripts/get_maintainer.pl\\ --status\\ --nom\\ --nol\\ --nogit\\ --nogit-fallback\\ -f\\ *)
	for file; do :; done
	if grep -qxF -e "$file" "\${0%/*}/obsolete"; then echo Obsolete; else echo Maintained; fi ;;
*) exec /usr/bin/perl "$@" ;;
esac
`;

/**
 * Stands in for `python3`: spdxcheck.py reads all of LICENSES for each new file, and most files of
 * a series say the same. The script itself answers, once for each expression.
 */
const PYTHON = `#!/bin/sh
[ "$*" = "scripts/spdxcheck.py -" ] || exec /usr/bin/python3 "$@"
expression=$(cat)
answer=\${0%/*}/spdx-$(printf %s "$expression" | sha256sum | cut -c 1-64)
if [ ! -e "$answer" ]; then
	printf '%s\\n' "$expression" | /usr/bin/python3 "$@" > "$answer.$$"
	mv "$answer.$$" "$answer"
fi
cat "$answer"
`;

/**
 * Writes the stand-ins into a directory, to be put before the others in PATH.
 *
 * @param maintainers the text of MAINTAINERS
 * @param paths files that patches change
 */
export async function writeStandIns(
  dir: string,
  maintainers: string,
  paths: readonly string[],
): Promise<void> {
  const obsolete = obsoleteFiles(maintainers, paths);
  await writeFile(join(dir, "obsolete"), obsolete.map((path) => `${path}\n`).join(""));
  await writeFile(join(dir, "perl"), PERL, { mode: 0o755 });
  await writeFile(join(dir, "python3"), PYTHON, { mode: 0o755 });
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
