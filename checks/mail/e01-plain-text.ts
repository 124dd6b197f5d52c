import { defineTextRule } from "../text-rule.ts";

const ALLOWED: Readonly<Record<string, RegExp>> = {
  "content-type": /^text\/plain\b/i,
  "content-transfer-encoding": /^(?:7bit|8bit)$/i,
};

/** Mails are plain text that can be quoted and applied. */
export const e01PlainText = defineTextRule({
  id: "e01-plain-text",
  title: "mails are plain text, 7bit or 8bit",
  why: "reviewers quote and apply what they see; MIME parts, base64 and quoted-printable hide it",
  source: "Documentation/process/email-clients.rst",
  fix: "export the series again: git format-patch writes plain text",
  bad: "Content-Transfer-Encoding: base64",
  good: "Content-Transfer-Encoding: 8bit",
  reads: "patches and cover",
  *inMail({ parsed: { headers } }) {
    for (const { name, value, line } of headers) {
      const allowed = ALLOWED[name];
      if (allowed !== undefined && !allowed.test(value.trim())) {
        yield { line, what: `${name} is '${value}'` };
      }
    }
  },
});
