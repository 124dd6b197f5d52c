/** What a test says of a mail; the rest is made up and good. */
export interface MailDraft {
  /** Subject without the brackets. */
  readonly subject?: string;
  /** Brackets instead of `[RFC PATCH n/m]`. */
  readonly brackets?: string;
  readonly from?: string;
  /** Whole header lines after the subject. */
  readonly headers?: readonly string[];
  /** Commit message without subject; its first line is line 6 when there are no more headers. */
  readonly message?: string;
  /** Below `---`. */
  readonly notes?: string;
  readonly diff?: string;
}

export const SENDER = "A <a@example.org>";

/** A mail as `git format-patch` writes it: headers in lines 1 to 4, message from line 6 on. */
export function writeMail(draft: MailDraft, brackets: string): string {
  const diff = draft.diff ?? changeFile("mm/a.c", "\tint a;\n");
  return [
    `From ${"0".repeat(40)} Mon Sep 17 00:00:00 2001`,
    `From: ${draft.from ?? SENDER}`,
    "Date: Sat, 22 Nov 2025 00:00:00 +0000",
    `Subject: ${draft.brackets ?? brackets} ${draft.subject ?? "mm: add the device"}`,
    ...(draft.headers ?? []),
    "",
    `${(draft.message ?? "Because nothing else does.").trimEnd()}`,
    "---",
    ...(draft.notes === undefined ? [] : [draft.notes]),
    " mm/a.c | 1 +",
    " 1 file changed, 1 insertion(+)",
    "",
    diff.replace(/\n$/, ""),
    "-- ",
    "rfckit",
    "",
  ].join("\n");
}

/** The diff of a new file: 6 lines of head, then the text. */
export function newFile(path: string, text: string, mode = "100644"): string {
  const lines = text.replace(/\n$/, "").split("\n");
  return [
    `diff --git a/${path} b/${path}`,
    `new file mode ${mode}`,
    "index 000000000000..111111111111",
    "--- /dev/null",
    `+++ b/${path}`,
    `@@ -0,0 +1,${lines.length} @@`,
    ...lines.map((line) => `+${line}`),
    "",
  ].join("\n");
}

/** The diff that adds text between two lines of a file: 6 lines of head, the text from the 7th. */
export function changeFile(path: string, text: string, before = "", after = ""): string {
  const lines = text.replace(/\n$/, "").split("\n");
  return [
    `diff --git a/${path} b/${path}`,
    "index 111111111111..222222222222 100644",
    `--- a/${path}`,
    `+++ b/${path}`,
    `@@ -10,2 +10,${lines.length + 2} @@`,
    ` ${before}`,
    ...lines.map((line) => `+${line}`),
    ` ${after}`,
    "",
  ].join("\n");
}
