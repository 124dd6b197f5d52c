import type { ReviewContext } from "../context.ts";
import { defineTextRule, type Sighting } from "../text-rule.ts";

/** Shortlog and diffstat of the cover letter list the patches and files that there are. */
export const s13CoverIsTrue = defineTextRule({
  id: "s13-cover-is-true",
  title: "shortlog and diffstat of the cover letter are those of the patches",
  why: "reviewers choose by them what to read",
  source: "Documentation/process/5.Posting.rst",
  fix: "make the cover letter again from the commits",
  bad: "mm: hbf: add the divice (in the shortlog alone)",
  good: "mm: hbf: add the device",
  inSeries(context) {
    const { coverLetter } = context;
    if (coverLetter === undefined) return [];
    const lines = coverLetter.parsed.lines.map((text, at) => ({ text, line: at + 1 }));
    const found = [...judgeShortlog(context, lines), ...judgeDiffstat(context, lines)];
    return found.map((one) => ({ ...one, mail: coverLetter }));
  },
});

type Lines = readonly { readonly text: string; readonly line: number }[];

/** Authors with `(n):` and their subjects below, indented by two; long ones go on deeper. */
function* judgeShortlog({ patches }: ReviewContext, lines: Lines): Iterable<Sighting> {
  const start = lines.findIndex(({ text }) => /^\S.* \(\d+\):$/.test(text));
  if (start < 0) return;
  const end = lines.findIndex(({ text }, at) => at > start && /^ \S.* \| +\d|^base-/.test(text));
  const block = lines.slice(start, end < 0 ? undefined : end);
  const listed: { text: string; line: number }[] = [];
  for (const { text, line } of block) {
    const last = listed.at(-1);
    if (/^ {2}\S/.test(text)) listed.push({ text: text.trim(), line });
    else if (/^ {3,}\S/.test(text) && last !== undefined) last.text += ` ${text.trim()}`;
  }
  const subjects = patches.map(({ subject }) => subject);
  for (const { text, line } of listed) {
    if (!subjects.includes(text)) yield { line, what: `no patch has the subject '${text}'` };
  }
  const missing = subjects.filter((subject) => !listed.some(({ text }) => text === subject));
  const line = block[0]?.line ?? 1;
  for (const one of missing) yield { line, what: `the shortlog lacks '${one}'` };
}

function* judgeDiffstat({ patches }: ReviewContext, lines: Lines): Iterable<Sighting> {
  const listed = lines.flatMap(({ text, line }) => {
    const [, path] = /^ (\S+) +\| +(?:\d+|Bin)\b/.exec(text) ?? [];
    return path === undefined ? [] : [{ path: path.replace(/^\.\.\.\//, ""), line }];
  });
  const total = lines.find(({ text }) => /^ \d+ files? changed/.test(text));
  if (total === undefined) return;
  const paths = [...new Set(patches.flatMap(({ parsed }) => parsed.files.map((one) => one.path)))];
  for (const { path, line } of listed) {
    if (!paths.some((one) => one === path || one.endsWith(`/${path}`))) {
      yield { line, what: `no patch changes '${path}'` };
    }
  }
  for (const path of paths) {
    if (listed.some((one) => path === one.path || path.endsWith(`/${one.path}`))) continue;
    // What one patch adds and a later one takes away again is in no diffstat.
    const touching = patches.filter(({ parsed }) => parsed.files.some((one) => one.path === path));
    if (touching.length === 1) {
      yield { line: total.line, what: `the diffstat lacks '${path}'` };
    }
  }
}
