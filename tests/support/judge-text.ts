import type { ReviewContext, ReviewedPatch } from "../../checks/context.ts";
import type { Check } from "../../checks/contract.ts";
import { parsePatch } from "../../tools/lib/patch/parse-patch.ts";
import { type MailDraft, SENDER, writeMail } from "./patch-mails.ts";
import { createContext, createPatch } from "./review-context.ts";

/** A series that a test makes up. */
export interface SeriesDraft {
  readonly patches?: readonly MailDraft[];
  /** Subject without brackets, empty line, body; null for no cover letter. */
  readonly cover?: string | null;
  readonly coverHeaders?: readonly string[];
  /** Brackets of the cover letter and patches before the numbers. */
  readonly prefix?: string;
  readonly context?: Parameters<typeof createContext>[0];
}

const BASE = "0".repeat(40);
const COVER = `mm: give hints

One. Two. Three.

Not done
========

Much.

base-commit: ${BASE}
`;

/** A context with mails `0000.patch` (cover), `0001.patch` and so on. */
export function createSeries(draft: SeriesDraft = {}): ReviewContext {
  const { patches: drafts = [{}], cover = COVER, prefix = "RFC PATCH" } = draft;
  const patches = drafts.map((one, at) => {
    const text = writeMail(one, `[${prefix} ${at + 1}/${drafts.length}]`);
    return patchOf(text, at + 1, drafts.length);
  });
  const head = `From ${BASE} Mon Sep 17 00:00:00 2001\nFrom: ${SENDER}\nDate: now\nSubject: `;
  const extra = (draft.coverHeaders ?? []).map((line) => `\n${line}`).join("");
  const text =
    cover === null
      ? ""
      : `${head}[${prefix} 0/${drafts.length}] ${cover.replace("\n", `${extra}\n`)}-- \nrfckit\n`;
  const bytes = new TextEncoder().encode(text);
  const coverLetter =
    cover === null ? undefined : { file: "0000.patch", bytes, parsed: parsePatch(bytes) };
  return createContext({ patches, coverLetter, ...draft.context });
}

/** A patch of the series as a mail of this text. */
export function patchOf(text: string | Uint8Array, number: number, total: number): ReviewedPatch {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const parsed = parsePatch(bytes);
  return createPatch({
    file: `${String(number).padStart(4, "0")}.patch`,
    position: `${number}/${total}`,
    bytes,
    author:
      parsed.inBodyFrom?.text ?? parsed.headers.find(({ name }) => name === "from")?.value ?? "",
    subject: parsed.subject?.text ?? "",
    body: parsed.message.map((line) => `${line.text}\n`).join(""),
  });
}

/** Runs a check: its verdict, then the place of each finding, `file:line` (warnings marked). */
export async function judge(check: Check<ReviewContext>, draft: SeriesDraft): Promise<string[]> {
  const { verdict, diagnostics } = await check.run(createSeries(draft));
  const places = diagnostics.map(({ place, severity }) => {
    const { file = "?", line = 0 } = place ?? {};
    return `${severity === "error" ? "" : `${severity} `}${file}:${line}`;
  });
  return [verdict.kind, ...places];
}

/** As `judge`, for a series of one patch with a cover letter. */
export async function judgeOne(check: Check<ReviewContext>, draft: MailDraft): Promise<string[]> {
  return await judge(check, { patches: [draft] });
}
