import fc from "fast-check";
import { expect, test } from "vitest";
import { addedLines, newSides } from "./parse-files.ts";
import { parsePatch } from "./parse-patch.ts";
import { parseSubject } from "./parse-subject.ts";

const MAIL = `From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001
From: =?UTF-8?q?=C3=84_b?= <a@example.org>
Date: Sat, 22 Nov 2025 00:00:00 +0000
Subject: [RFC PATCH mm-new v2 03/11] mm: a subject that is
 folded

From: B <b@example.org>

Text.

Fixes: 123456789012 ("x")

Signed-off-by: B <b@example.org>
---
A note.

 mm/a.c | 2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)

diff --git a/mm/a.c b/mm/a.c
index 1111111..2222222 100644
--- a/mm/a.c
+++ b/mm/a.c
@@ -1,3 +1,4 @@ int f(void)
 one
--- two
+-- 2
+-- 3
 three
diff --git a/b.sh b/b.sh
new file mode 100755
index 0000000..2222222
--- /dev/null
+++ b/b.sh
@@ -0,0 +1 @@
+#!/bin/sh
-- 
rfckit
`;
const parse = (text: string) => parsePatch(new TextEncoder().encode(text));

test("headers are unfolded, decoded and keep their lines", () => {
  const { headers, subject, rawSubject } = parse(MAIL);
  expect(headers[0]).toEqual({ name: "from", value: "\u00c4 b <a@example.org>", line: 2 });
  expect(rawSubject.line).toBe(4);
  expect(subject).toEqual({
    tags: ["RFC", "mm-new"],
    version: 2,
    number: "03",
    total: 11,
    text: "mm: a subject that is folded",
  });
});

test("sender in the body, message, notes and tags are apart, with their lines", () => {
  const { inBodyFrom, message, notes, trailers } = parse(MAIL);
  expect(inBodyFrom).toEqual({ line: 7, text: "B <b@example.org>" });
  expect(message.find(({ text }) => text === "Text.")?.line).toBe(9);
  expect(message.at(-1)?.line).toBe(13);
  expect(notes[0]).toEqual({ line: 15, text: "A note." });
  expect(notes).toHaveLength(2);
  expect(trailers.map(({ key, line, inLastBlock }) => [key, line, inLastBlock])).toEqual([
    ["Fixes", 11, false],
    ["Signed-off-by", 13, true],
  ]);
});

test("files have state and mode, and lines their place in patch and file", () => {
  const [changed, added] = parse(MAIL).files;
  if (changed === undefined || added === undefined) throw new Error("two files");
  expect(changed).toMatchObject({ path: "mm/a.c", status: "modified", newMode: undefined });
  expect(addedLines(changed)).toEqual([
    { kind: "+", text: "-- 2", line: 27, newLine: 2 },
    { kind: "+", text: "-- 3", line: 28, newLine: 3 },
  ]);
  expect(newSides(changed)[0]?.map(({ text }) => text)).toEqual(["one", "-- 2", "-- 3", "three"]);
  expect(added).toMatchObject({ path: "b.sh", status: "added", newMode: "100755" });
  expect(addedLines(added)).toHaveLength(1);
});

test.each([["mm: no brackets"], ["[mm] x"], [""]])("'%s' is no subject of a patch", (text) => {
  expect(parseSubject(text)).toBeUndefined();
});

test("no bytes make it throw", () => {
  const bytes = Buffer.from(MAIL);
  const damaged = fc
    .tuple(fc.nat(MAIL.length), fc.nat(40), fc.uint8Array({ maxLength: 40 }))
    .map(([at, cut, noise]) =>
      Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at + cut)]),
    );
  fc.assert(fc.property(damaged, (mail) => parsePatch(mail).lines.length > 0));
});
