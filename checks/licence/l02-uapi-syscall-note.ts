import { addedLines } from "../../tools/lib/patch/parse-files.ts";
import { defineTextRule } from "../text-rule.ts";

/** A header for programs says that using it does not make them GPL. */
export const l02UapiSyscallNote = defineTextRule({
  id: "l02-uapi-syscall-note",
  title: "the licence of a UAPI header ends 'WITH Linux-syscall-note'",
  why: "without the note the GPL of a header would extend to every program that includes it",
  source: "Documentation/process/license-rules.rst",
  fix: "write /* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */",
  bad: "/* SPDX-License-Identifier: GPL-2.0 */",
  good: "/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */",
  *inMail({ parsed: { files } }) {
    for (const file of files) {
      if (!/(?:^|\/)include\/uapi\/.*\.h$/.test(file.path)) continue;
      const tag = addedLines(file).find(({ text }) => text.includes("SPDX-License-Identifier:"));
      if (tag === undefined && file.status !== "added") continue;
      if (tag !== undefined && /\bWITH Linux-syscall-note\b/.test(tag.text)) continue;
      const what = `'${file.path}' is a UAPI header without 'WITH Linux-syscall-note'`;
      yield { line: tag?.line ?? file.line, what };
    }
  },
});
