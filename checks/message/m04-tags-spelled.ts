import { defineTextRule } from "../text-rule.ts";

const PEOPLE = [
  "Signed-off-by",
  "Co-developed-by",
  "Acked-by",
  "Reviewed-by",
  "Tested-by",
  "Reported-by",
  "Suggested-by",
];
const KNOWN = new Set([...PEOPLE, "Assisted-by", "Fixes", "Link", "Closes", "Cc", "Change-Id"]);
const PERSON = /^[^<>@]+ <[^<>@\s]+@[^<>@\s]+>(?: #.*| \[.*\])?$|^[^<>\s]+@[^<>\s]+$/;

/** Tags are spelled as the kernel's tools look for them, name a person, and are there once. */
export const m04TagsSpelled = defineTextRule({
  id: "m04-tags-spelled",
  title: "tags are spelled as the kernel spells them, each once",
  why: "tools find people and their statements by the exact words of a tag",
  source: "Documentation/process/submitting-patches.rst",
  fix: "write 'Key-by: Name <address>' as submitting-patches.rst has it, and once",
  bad: "Signed-Off-By: A <a@example.org>",
  good: "Signed-off-by: A <a@example.org>",
  *inMail({ parsed: { trailers } }) {
    const seen = new Set<string>();
    for (const { key, value, text, line } of trailers) {
      if (!KNOWN.has(key)) yield { line, what: `'${key}:' is not a tag of the kernel` };
      else if (PEOPLE.includes(key) && !PERSON.test(value)) {
        yield { line, what: `'${key}:' is not followed by 'Name <address>'` };
      } else if (seen.has(text)) yield { line, what: `'${text}' is given twice` };
      seen.add(text);
    }
  },
});
