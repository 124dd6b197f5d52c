import { defineTextRule, mailsOf, type SightingIn } from "../text-rule.ts";

/** Every subject says `[PATCH vN n/m]`, numbered without gaps and with as many digits as m has. */
export const s14SubjectBrackets = defineTextRule({
  id: "s14-subject-brackets",
  title: "subjects are '[RFC PATCH vN n/m] ...', numbered without gaps",
  why: "readers and tools put a series together by version and number in the subjects",
  source: "Documentation/process/submitting-patches.rst",
  fix: "export the series again, with the version and prefix of patches/series.yaml",
  bad: "[RFC PATCH v2 1/10] between mails of [RFC PATCH v1 02/10]",
  good: "[RFC PATCH v2 01/10] mm: hbf: add the device",
  inSeries(context) {
    const { patches, coverLetter, version, posting } = context;
    const mails = mailsOf(context);
    const first = coverLetter === undefined ? 1 : 0;
    const isRfc = mails[0]?.parsed.subject?.tags.includes("RFC") ?? false;
    const written = Math.max(version, 1);
    return mails.flatMap((mail, index): SightingIn[] => {
      const { subject, rawSubject } = mail.parsed;
      const tell = (what: string) => [{ mail, line: rawSubject.line, what }];
      if (subject === undefined) return tell("subject does not begin with '[PATCH]'");
      if (subject.version !== written) return tell(`version is not ${written}`);
      if (subject.tags.includes("RFC") !== isRfc) return tell("RFC is in some subjects only");
      if (isRfc && posting === "patch") return tell("an RFC does not ask to be merged");
      if (mails.length === 1 && subject.number === undefined) return [];
      if (subject.total !== patches.length) return tell(`total is not ${patches.length}`);
      const number = String(first + index).padStart(String(patches.length).length, "0");
      return subject.number === number ? [] : tell(`number is not '${number}'`);
    });
  },
});
