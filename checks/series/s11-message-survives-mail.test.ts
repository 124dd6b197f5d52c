import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import type { MailDraft } from "../../tests/support/patch-mails.ts";
import { openGit } from "../../tools/lib/git/git.ts";
import { readMailInfo } from "../../tools/lib/series/mail-info.ts";
import { s11MessageSurvivesMail } from "./s11-message-survives-mail.ts";

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "mailinfo-"));
});
afterAll(() => rm(dir, { recursive: true }));

/** Judges one mail with git's own reading of it. */
const judgeMail = (draft: MailDraft) =>
  judge(s11MessageSurvivesMail, {
    patches: [draft],
    context: {
      effects: {
        mailMessage: async ({ bytes }) => {
          const target = { git: openGit({ dir }), workDir: dir };
          const info = await readMailInfo({ path: "x.patch", mail: { bytes } }, target);
          return info.message;
        },
      },
    },
  });

test.each([
  ["a diff in prose", "Why.\ndiff -u a b\nSigned-off-by: A <a@example.org>", "0001.patch:7"],
  ["an Index line", "Why.\n\nIndex: a\nmore", "0001.patch:8"],
  ["a tag below the divider", "Why.\n---\nSigned-off-by: A <a@example.org>", "0001.patch:8"],
])("%s is found where the message ends", async (_, message, place) => {
  expect(await judgeMail({ message })).toEqual(["fail", place]);
});

test("a folded subject, an indented diff, in-body sender and notes survive", async () => {
  const subject = "mm: say with many words what is done\n here";
  const message = "From: B <b@example.org>\n\nWhy.\n\n  diff -u a b\n\n\nEnd.  ";
  expect(await judgeMail({ subject, message, notes: "A remark." })).toEqual(["pass"]);
});
