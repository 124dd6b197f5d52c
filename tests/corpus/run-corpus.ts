import type { ReviewContext } from "../../checks/context.ts";
import type { Check } from "../../checks/contract.ts";
import { CHECKS } from "../../checks/registry.ts";
import { contextOfMails, type NamedMail } from "../support/shipped-series.ts";
import { applyDefect, expectedLine, readControl } from "./apply-defect.ts";
import type { Defect, Facts } from "./defect.ts";

const BASE = "cecd77435e15cc6ada54848149172da0056a34e4";
const FACTS = {
  version: 1,
  baseCommit: BASE,
  recipients: { to: [], cc: ["linux-api@vger.kernel.org"] },
};

/** What came of a defect. */
export interface CorpusResult {
  readonly defect: Defect;
  /** True when the check named the mail and the line. */
  readonly isFound: boolean;
  /** What the check said instead: its verdict, and places. */
  readonly said: string;
}

/** Judges mails with a defect by the check that has to find it. */
export async function judgeDefect(defect: Defect, dir: string): Promise<CorpusResult> {
  const mails = applyDefect(defect);
  const clean = contextOfMails(mails, FACTS, dir);
  const context = withFacts(clean, defect.facts?.(clean));
  const check = checkOf(defect.finds);
  const { verdict, diagnostics } = await check.run(context);
  const mail = mailOf(defect, mails);
  const line = mail === undefined ? 0 : expectedLine(defect, String(mail.text));
  if (defect.at === "*") {
    const isFound = verdict.kind === "fail" && diagnostics.length > 0;
    return { defect, isFound, said: verdict.kind };
  }
  const places = diagnostics.map(({ place }) => `${place?.file}:${place?.line}`);
  return {
    defect,
    isFound: places.includes(`${mail?.name}:${line}`),
    said: `${verdict.kind} ${places.join(" ")}, wanted ${mail?.name}:${line}`,
  };
}

/** The findings of the text checks on a control: none for a clean one. */
export async function judgeControl(control: string, dir: string): Promise<string[]> {
  const context = contextOfMails(readControl(control), FACTS, dir);
  const found: string[] = [];
  for (const check of CHECKS.filter(({ cost }) => cost === "instant")) {
    const { diagnostics } = await check.run(context);
    found.push(...diagnostics.map(({ place, what }) => `${check.id} ${place?.line}: ${what}`));
  }
  return found;
}

/** The mail that a finding has to name: of copies it is the last. */
export function mailOf(
  { mail, foundIn = mail, copies = 1 }: Defect,
  mails: readonly NamedMail[],
): NamedMail | undefined {
  const number = `${String(foundIn).padStart(4, "0")}-`;
  const prefix = copies === 1 ? number : `${copies - 1}-${number}`;
  return mails.find(({ name }) => name.startsWith(prefix));
}

/** @throws RangeError for an id that no check has */
export function checkOf(id: string): Check<ReviewContext> {
  const check = CHECKS.find((one) => one.id === id);
  if (check === undefined) throw new RangeError(`there is no check '${id}'`);
  return check;
}

/** A context of which some answers differ. */
export function withFacts(context: ReviewContext, facts: Facts = {}): ReviewContext {
  const { effects = {}, ...rest } = facts;
  return { ...context, ...rest, effects: { ...context.effects, ...effects } };
}
