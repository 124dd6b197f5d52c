import { addedLines, type ChangedFile } from "../../tools/lib/patch/parse-files.ts";
import { defineTextRule } from "../text-rule.ts";

/** What `LICENSES/` of 6.12.117 has. */
const LICENCES = new Set(
  [
    "GPL-1.0+ GPL-2.0 GPL-2.0+ GPL-2.0-only GPL-2.0-or-later",
    "LGPL-2.0 LGPL-2.0+ LGPL-2.1 LGPL-2.1+ LGPL-2.1-only LGPL-2.1-or-later",
    "0BSD BSD-2-Clause BSD-3-Clause BSD-3-Clause-Clear MIT ISC X11 Zlib MPL-1.1 Linux-OpenIB",
    "Apache-2.0 CC-BY-4.0 CDDL-1.0 copyleft-next-0.3.1",
    "GFDL-1.1-no-invariants-only GFDL-1.1-no-invariants-or-later",
    "GFDL-1.2-no-invariants-only GFDL-1.2-no-invariants-or-later",
    "GCC-exception-2.0 Linux-syscall-note",
  ].flatMap((line) => line.split(" ")),
);
/** The comment that each kind of file begins with. */
const COMMENTS: readonly (readonly [RegExp, RegExp])[] = [
  [/\.(?:c|dts|dtsi)$/, /^\/\/ SPDX/],
  [/\.[hS]$/, /^(?:\/\* SPDX.* \*\/$|\/\/ SPDX)/],
  [/\.rst$/, /^\.\. SPDX/],
  [/\.(?:sh|py|pl|yaml)$|(?:^|\/)(?:Makefile|Kbuild|Kconfig|\.gitignore)$/, /^# SPDX/],
];

/** A new file says under which licence it is, where the kernel's tools look for it. */
export const l01SpdxFirstLine = defineTextRule({
  id: "l01-spdx-first-line",
  title: "new files have a valid SPDX tag in their first line, or below '#!'",
  why: "the kernel's licence is told by SPDX tags alone, and tools read the first two lines",
  source: "Documentation/process/license-rules.rst",
  fix: "begin the file with the tag, in the comment style of its kind",
  bad: "/* SPDX-License-Identifier: GPL */ in the third line",
  good: "// SPDX-License-Identifier: GPL-2.0-only",
  *inMail({ parsed: { files } }) {
    for (const file of files.filter(({ status }) => status === "added")) {
      const what = problemOf(file);
      const [first] = addedLines(file);
      if (what !== undefined) yield { line: first?.line ?? file.line, what };
    }
  },
});

function problemOf(file: ChangedFile): string | undefined {
  const style = COMMENTS.find(([kind]) => kind.test(file.path))?.[1];
  const [first, second] = addedLines(file);
  if (style === undefined || first === undefined) return undefined;
  const text = (first.text.startsWith("#!") ? second : first)?.text ?? "";
  const tag = /SPDX-License-Identifier: (.*?)(?: \*\/)?$/.exec(text)?.[1];
  if (tag === undefined) return `new file '${file.path}' has no SPDX tag in its first line`;
  if (!style.test(text)) return `the SPDX tag of '${file.path}' is in another comment than usual`;
  const names = tag.split(/[()\s]+|\b(?:AND|OR|WITH)\b/).filter((name) => name !== "");
  const unknown = names.find((name) => !LICENCES.has(name));
  if (names.length === 0) return "the SPDX tag names no licence";
  return unknown === undefined ? undefined : `'${unknown}' is no licence of the kernel`;
}
