import type { DocRule } from "../doc-rule.ts";

/** The licence on the first line. */
export const spdxLine1: DocRule = {
  id: "spdx-line-1",
  severity: "warning",
  kinds: ["rst"],
  title: "the first line is the SPDX licence identifier",
  why: "every file of the kernel says its licence, on the first possible line",
  source: "Documentation/process/license-rules.rst",
  onlyChanged: true,
  examples: [
    { text: ".. SPDX-License-Identifier: GPL-2.0\n\ntext\n", finds: [] },
    { text: "Title\n=====\n", finds: ["1:1"] },
    { text: ":orphan:\n\n.. SPDX-License-Identifier: GPL-2.0\n", finds: ["1:1"] },
  ],
  *check(file) {
    if (/^\ufeff?\.\. SPDX-License-Identifier: \S/.test(file.source)) return;
    yield {
      at: 0,
      what: "the first line is not '.. SPDX-License-Identifier: ...'",
      fix: "add '.. SPDX-License-Identifier: GPL-2.0' as the first line",
    };
  },
};
