import { parsePatch } from "./parse-patch.ts";

/** A mail that answered a series. */
export interface Reply {
  readonly from: string;
  /** Without angle brackets. */
  readonly messageId: string;
  readonly subject: string;
  /** Tags that the mail gives, as they are written; quoted ones do not count. */
  readonly tags: readonly string[];
}

const TAG = /^(?:Reviewed|Acked|Tested|Nacked)-by: \S.*$/;

/** Reads an mbox with the answers to a series; mails without From are left out. */
export function readReplies(mbox: string): Reply[] {
  return mbox
    .split(/^From .*$/m)
    .filter((mail) => mail.trim() !== "")
    .flatMap((mail) => {
      const parsed = parsePatch(new TextEncoder().encode(mail.trimStart()));
      const header = (wanted: string): string =>
        parsed.headers.find(({ name }) => name === wanted)?.value ?? "";
      const from = header("from");
      if (from === "") return [];
      const tags = parsed.lines.filter((line) => TAG.test(line)).map((line) => line.trim());
      const messageId = header("message-id").replaceAll(/[<>]/g, "");
      return [{ from, messageId, subject: header("subject"), tags }];
    });
}
