import { contentKey } from "../../tools/lib/fs/content-store.ts";
import type { ReviewContext, ReviewedPatch } from "../context.ts";
import type { Check, Diagnostic } from "../contract.ts";

const ID = "m01-author-sign-off";
const WHY = "Signed-off-by is the author's statement of the Developer's Certificate of Origin";
const CERTIFICATE = "that you may submit this under the Developer's Certificate of Origin";
const HOW = {
  stage: "rfckit series export --stage STAGE --signoff",
  range: "git rebase --signoff",
  files: "git am --signoff",
} as const;
const SIGN_OFF = /^Signed-off-by: (.+)$/gm;

/**
 * Each patch carries its author's own Signed-off-by.
 *
 * No tool can give that statement. A series without any sign-off is left to its submitter
 * (`attest`); one with some sign-offs, or with those of others only, fails.
 */
export const m01AuthorSignOff: Check<ReviewContext> = {
  id: ID,
  title: "every patch has its author's Signed-off-by",
  why: WHY,
  source: "Documentation/process/submitting-patches.rst",
  cost: "instant",
  page: {
    fix: "sign each patch yourself, if the certificate is true of it: git rebase --signoff",
    bad: "a patch of A <a@example.org> with Signed-off-by: B <b@example.org> alone",
    good: "Signed-off-by: A <a@example.org>",
  },
  async inputs({ patches, stage, origin }) {
    const texts = patches.map((patch) => contentKey([patch.author, patch.body]));
    return [origin, stage, ...texts];
  },
  async run({ patches, stage, origin }) {
    const unsigned = patches.filter((patch) => signersOf(patch).length === 0);
    const foreign = patches.filter(
      (patch) => signersOf(patch).length > 0 && !signersOf(patch).includes(patch.author),
    );
    const summary = `${patches.length - unsigned.length} of ${patches.length} patches signed off`;
    if (unsigned.length === patches.length) {
      return {
        verdict: {
          kind: "attest",
          statement: `${CERTIFICATE}: ${HOW[origin].replace("STAGE", stage)}`,
        },
        diagnostics: [],
        summary,
      };
    }
    const diagnostics = [
      ...unsigned.map((patch) => diagnose(patch, "patch has no Signed-off-by")),
      ...foreign.map((patch) => diagnose(patch, `author '${patch.author}' did not sign off`)),
    ];
    return {
      verdict: { kind: diagnostics.length === 0 ? "pass" : "fail" },
      diagnostics,
      summary,
    };
  },
};

function signersOf(patch: ReviewedPatch): string[] {
  return [...patch.body.matchAll(SIGN_OFF)].map((match) => (match[1] ?? "").trim());
}

function diagnose(patch: ReviewedPatch, what: string): Diagnostic {
  return {
    id: ID,
    severity: "error",
    what,
    why: WHY,
    fix: { text: "sign off as the author of the patch, or correct its From line" },
    place: {
      file: patch.file,
      line: patch.parsed.rawSubject.line,
      patch: patch.position,
      commit: patch.commit,
    },
  };
}
