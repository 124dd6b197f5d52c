import { contentKey } from "../tools/lib/fs/content-store.ts";
import type { ParsedPatch } from "../tools/lib/patch/parse-patch.ts";
import type { ReviewContext } from "./context.ts";
import type { Check, Cost, Diagnostic, Severity, Verdict } from "./contract.ts";

/** A patch or the cover letter, as far as a rule for texts is concerned. */
export interface Mail {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly parsed: ParsedPatch;
  /** Position of a patch as `n/m`; the cover letter has none. */
  readonly position?: string;
  readonly commit?: string;
}

/** What a rule saw in a mail. */
export interface Sighting {
  /** 1-based line of the patch file. */
  readonly line: number;
  /** 1-based, 1 unless said. */
  readonly column?: number;
  readonly what: string;
  /** `error` unless said; a series with warnings alone passes, and they are shown. */
  readonly severity?: Severity;
}

/** A sighting with the mail it is in. */
export interface SightingIn extends Sighting {
  readonly mail: Mail;
}

/** One rule about the text of the mails; `defineTextRule` makes a check of it. */
export interface TextRule {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly source: string;
  /** `instant` unless said: a rule that asks more than the mails and a few files says so. */
  readonly cost?: Cost;
  /** What to do about a finding. */
  readonly fix: string;
  /** What the rule finds, and what it wants; shown by `rfckit explain`. */
  readonly bad: string;
  readonly good: string;
  /** Which mails `inMail` is shown; the patches alone unless said. */
  readonly reads?: "patches" | "patches and cover";
  /** Files of the base whose content decides beside the mails. */
  readonly baseFiles?: readonly string[];
  /** What else the result depends on, such as facts of the tree, as text. */
  facts?(context: ReviewContext): Promise<readonly string[]>;
  inMail?(mail: Mail, context: ReviewContext): Iterable<Sighting>;
  inSeries?(context: ReviewContext): Iterable<SightingIn> | Promise<readonly SightingIn[]>;
  /** The verdict when the rule can't look, or must leave it to a person. */
  settle?(context: ReviewContext): Verdict | undefined | Promise<Verdict | undefined>;
}

/** Makes a check of a rule: findings with places, waivers, and a key of all that it reads. */
export function defineTextRule(rule: TextRule): Check<ReviewContext> {
  const { id, title, why, source, fix, bad, good } = rule;
  return {
    id,
    title,
    why,
    source,
    cost: rule.cost ?? "instant",
    page: { fix, bad, good },
    async inputs(context) {
      const { baseCommit, version, posting, waivers, recipients, keys } = context;
      const mails = mailsOf(context).map(({ file, bytes }) => contentKey([file, bytes]));
      const base = await Promise.all((rule.baseFiles ?? []).map((path) => keys.treeFile(path)));
      const own = waivers.filter((waiver) => waiver.check === id);
      const authors = context.patches.map(({ author, body }) => contentKey([author, body]));
      return [
        baseCommit,
        ...mails,
        ...authors,
        ...base,
        ...((await rule.facts?.(context)) ?? []),
        JSON.stringify([version, posting, own, recipients]),
      ];
    },
    async run(context) {
      const verdict = await rule.settle?.(context);
      if (verdict !== undefined) {
        return { verdict, diagnostics: [], summary: summaryOf(verdict) };
      }
      const found = await lookAt(rule, context);
      const errors = found.filter(({ severity = "error" }) => severity === "error");
      const count = `${context.patches.length} patches, ${errors.length} findings`;
      const warnings = found.length - errors.length;
      const summary = warnings === 0 ? count : `${count}, ${warnings} warnings`;
      const waiver = context.waivers.find(({ check }) => check === id);
      if (errors.length > 0 && waiver !== undefined) {
        const { reason, who } = waiver;
        return { verdict: { kind: "waived", reason, who }, diagnostics: [], summary };
      }
      const diagnostics = found.map((one) => diagnose(rule, one));
      return { verdict: { kind: errors.length > 0 ? "fail" : "pass" }, diagnostics, summary };
    },
  };
}

/** The cover letter, if there is one, and the patches, in order. */
export function mailsOf({ coverLetter, patches }: ReviewContext): Mail[] {
  return coverLetter === undefined ? [...patches] : [coverLetter, ...patches];
}

/** Where a series tells about itself: the cover letter, or its only patch. */
export function letterOf({ coverLetter, patches }: ReviewContext): Mail | undefined {
  return coverLetter ?? (patches.length === 1 ? patches[0] : undefined);
}

/** The verdict of a rule about the cover letter when a series of several patches has none. */
export function requireLetter(context: ReviewContext): Verdict | undefined {
  if (letterOf(context) !== undefined) return undefined;
  const howToGet = "write cover-letter.txt beside the patches, then rfckit series export";
  return { kind: "not-run", missing: "the series has no cover letter", howToGet };
}

async function lookAt(rule: TextRule, context: ReviewContext): Promise<SightingIn[]> {
  const mails = rule.reads === "patches and cover" ? mailsOf(context) : context.patches;
  const inMails = mails.flatMap((mail) =>
    [...(rule.inMail?.(mail, context) ?? [])].map((one) => ({ ...one, mail })),
  );
  return [...inMails, ...((await rule.inSeries?.(context)) ?? [])];
}

function diagnose({ id, why, fix }: TextRule, seen: SightingIn): Diagnostic {
  const { mail, line, column = 1, what, severity = "error" } = seen;
  const { file, position, commit } = mail;
  const place = {
    file,
    line,
    column,
    ...(position === undefined ? {} : { patch: position }),
    ...(commit === undefined || commit === "" ? {} : { commit }),
  };
  return { id, severity, what, why, fix: { text: fix }, place };
}

function summaryOf(verdict: Verdict): string {
  if (verdict.kind === "not-run") return verdict.missing;
  return verdict.kind === "attest" ? "left to the submitter" : verdict.kind;
}
