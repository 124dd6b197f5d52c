import { ToolError } from "../../lib/error.ts";
import type { GateInput } from "./gate-input.ts";

/** What tells whether mails can be judged at all. */
export interface MailFacts extends Pick<GateInput, "patches" | "cover"> {
  /** Full id of the commit that they are judged on; empty when there is none. */
  readonly base: string;
  /** Why they make no commits on it. */
  readonly failed: ToolError | undefined;
}

/**
 * Why mails are not what their author means to post: they do not apply, and are not said to be for
 * this base, or are not UTF-8. Whatever is found in such mails, no verdict on them can be given.
 *
 * Mails that name this very base and do not apply are broken, which is a finding.
 */
export function findUnfit({ patches, cover, base, failed }: MailFacts): ToolError | undefined {
  const mails = [...(cover === undefined ? [] : [cover]), ...patches];
  const foreign = mails.find(({ bytes }) => !isUtf8(textOf(bytes)));
  if (foreign !== undefined) {
    const why = `'${foreign.file}' has a header or a message that is not UTF-8`;
    return unfit("not-utf8", why, "git commit --amend   (write the message as UTF-8)");
  }
  if (failed?.code !== "patch-does-not-apply") return undefined;
  const named = mails.map(({ bytes }) => namedBase(bytes)).find((one) => one !== undefined);
  if (named === base) return undefined;
  const who = named === undefined ? "and name no base" : `and are made on '${named}'`;
  const why = `the patches do not apply on '${base}' ${who}: ${failed.message}`;
  return unfit("wrong-base", why, "name the commit that they are made on: base, or --base COMMIT");
}

function unfit(code: string, why: string, hint: string): ToolError {
  return new ToolError(why, { kind: "environment", code, hints: [hint] });
}

/** The mail without its diffs: files of the kernel may be in any encoding. */
function textOf(bytes: Uint8Array): Uint8Array {
  const end = Buffer.from(bytes).indexOf("\ndiff --git ");
  return end < 0 ? bytes : bytes.subarray(0, end);
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function namedBase(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder("latin1").decode(bytes);
  return /^base-commit: ([0-9a-f]{40,64})\r?$/m.exec(text)?.[1];
}
