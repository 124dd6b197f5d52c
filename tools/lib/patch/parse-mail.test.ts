import fc from "fast-check";
import { expect, test } from "vitest";
import { firstDifference } from "./first-difference.ts";
import { parsePatchMail } from "./parse-mail.ts";

const MAIL = `From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001
From: A <a@example.org>
Date: Sat, 22 Nov 2025 00:00:00 +0000
Subject: [PATCH 1/2] mm: a subject that is
 folded

Text.
---
 mm/a.c | 2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)

diff --git a/mm/a.c b/mm/a.c
index 1111111..2222222 100644
--- a/mm/a.c
+++ b/mm/a.c
@@ -1,3 +1,3 @@ int f(void)
 one
--- two
+-- 2
 three
@@ -20 +20 @@
-x
\\ No newline at end of file
+y
\\ No newline at end of file
diff --git a/mm/b.bin b/mm/b.bin
new file mode 100644
index 0000000..2222222
GIT binary patch
literal 2
Jc$}

-- 
rfckit

`;

const bytes = (text: string): Uint8Array => Buffer.from(text, "latin1");

test("headers, message, files and hunks are found with their lines", () => {
  const mail = parsePatchMail(bytes(MAIL));
  expect(mail.problems).toEqual([]);
  expect(mail.headers.get("subject")).toBe("[PATCH 1/2] mm: a subject that is folded");
  expect(mail.message.startsWith("Text.\n---\n")).toBe(true);
  expect(mail.diffLine).toBe(12);
  expect(mail.files).toEqual([
    {
      path: "mm/a.c",
      line: 12,
      binary: false,
      hunks: [
        { oldStart: 1, newStart: 1, line: 16 },
        { oldStart: 20, newStart: 20, line: 21 },
      ],
    },
    { path: "mm/b.bin", line: 26, binary: true, hunks: [] },
  ]);
});

test.each([
  ["an empty file", "", 1, "empty"],
  ["prose", "Dear all,\n\nhello\n", 1, "not a patch mail"],
  ["binary garbage", "\x7fELF\x02\x00\x01", 1, "NUL"],
  ["a mail without a diff", MAIL.slice(0, MAIL.indexOf("diff --git")), 7, "no diff"],
  ["one cut in a hunk", MAIL.slice(0, MAIL.indexOf("+-- 2")), 19, "ends in the middle"],
  ["one with a line too many", MAIL.replace("+-- 2\n", "+-- 2\n+more\n+more\n"), 21, "counts"],
  ["one with a foreign line", MAIL.replace("+-- 2\n", "what\n"), 19, "counts"],
])("%s is told with its line", (_, text, line, what) => {
  const [problem] = parsePatchMail(bytes(text)).problems;
  expect(problem).toEqual({ line, what: expect.stringContaining(what) });
});

test("a file of 100 MB is refused without reading it as text", () => {
  const [problem] = parsePatchMail(new Uint8Array(100_000_000)).problems;
  expect(problem?.what).toContain("larger than");
});

test("no bytes make it throw", () => {
  const damaged = fc
    .tuple(fc.nat(MAIL.length), fc.nat(40), fc.uint8Array({ maxLength: 40 }))
    .map(([at, cut, noise]) =>
      Buffer.concat([bytes(MAIL.slice(0, at)), noise, bytes(MAIL.slice(at + cut))]),
    );
  fc.assert(fc.property(damaged, (mail) => parsePatchMail(mail).problems !== undefined));
});

test("the first difference has its line, and equal bytes have none", () => {
  expect(firstDifference(bytes("a\nb\n"), bytes("a\nb\n"))).toBeUndefined();
  expect(firstDifference(bytes("a\nb\nc\n"), bytes("a\nB\nc\n"))).toEqual({
    line: 2,
    lines: ["-b", "+B"],
  });
  expect(firstDifference(bytes("a\xe4"), bytes("a\xc3\xa4"))?.line).toBe(1);
});
