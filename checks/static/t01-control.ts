/**
 * A patch with seeded defects: checkpatch's silence about a series counts only on a machine where
 * it finds each of these.
 */
export const CHECKPATCH_CONTROL = `\
From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001
From: Positive Control <control@rfckit.invalid>
Date: Sat, 22 Nov 2025 00:00:00 +0000
Subject: [PATCH] mm: carry one seeded defect of each kind

The words wierd and tolerent are each in one of the two dictionaries.

---
 mm/hbf_control.c | 6 ++++++
 1 file changed, 6 insertions(+)
 create mode 100644 mm/hbf_control.c

diff --git a/mm/hbf_control.c b/mm/hbf_control.c
new file mode 100644
index 000000000000..111111111111
--- /dev/null
+++ b/mm/hbf_control.c
@@ -0,0 +1,6 @@
+// SPDX-License-Identifier: GPL-9.9
+int control(int a)\x20
+{
+	if(a)
+		return 0;
+}
-- 
rfckit
`;

/** What has to be found in it, and the Debian packages without which it is not. */
export const CONTROL_FINDINGS: readonly {
  readonly type: string;
  readonly contains: string;
  readonly packages: string;
}[] = [
  { type: "TYPO_SPELLING", contains: "wierd", packages: "perl" },
  { type: "TYPO_SPELLING", contains: "tolerent", packages: "codespell" },
  { type: "SPDX_LICENSE_TAG", contains: "GPL-9.9", packages: "python3-ply python3-git" },
  { type: "TRAILING_WHITESPACE", contains: "trailing whitespace", packages: "perl" },
  { type: "SPACING", contains: "open parenthesis", packages: "perl" },
];
