import { ToolError } from "../error.ts";
import type { SeriesFolder } from "./read-folder.ts";
import type { ForeignMail } from "./read-mailbox.ts";
import { requireSound } from "./series-mail.ts";

/**
 * Chooses the patches of a series from the mails of some mailboxes, in order.
 *
 * Patches that are numbered N/M are sorted and have to be complete; others stay as they came, as
 * `git am` takes them. Replies and other mails without a diff are left out.
 *
 * @param dir what the folder is called in messages
 * @throws ToolError (user) `series-empty`, `series-incomplete`, `series-mixed`, `patch-broken`
 */
export function selectPatches(mails: readonly ForeignMail[], dir: string): SeriesFolder {
  const patches = mails.filter(({ kind }) => kind === "patch");
  if (patches.length === 0) {
    const empty = mails.find(({ part }) => part !== undefined && part.number > 0);
    if (empty !== undefined) requireSound(empty.series);
    throw refuse("series-empty", `'${dir}' has no patches, only ${mails.length} other mails`, []);
  }
  for (const { series } of patches) requireSound(series);
  const cover = mails.find(({ kind }) => kind === "cover")?.series;
  return { dir, cover, patches: inOrder(patches, dir).map(({ series }) => series) };
}

function inOrder(patches: readonly ForeignMail[], dir: string): readonly ForeignMail[] {
  if (patches.every(({ part }) => part === undefined)) return patches;
  const [{ part, version } = { part: undefined, version: 1 }] = patches;
  const total = part?.total ?? 0;
  if (patches.some((it) => it.part?.total !== total || it.version !== version)) {
    const subjects = patches.map(({ fullSubject }) => `  ${fullSubject}`).join("\n");
    const why = "has patches of more than one series or version";
    throw refuse("series-mixed", `'${dir}' ${why}:\n${subjects}`, ["give the mails of one only"]);
  }
  const numberOf = (mail: ForeignMail): number => mail.part?.number ?? 0;
  const sorted = patches.toSorted((a, b) => numberOf(a) - numberOf(b));
  const numbers = new Set(sorted.map(numberOf));
  const missing = Array.from({ length: Math.min(total, 9999) }, (_, at) => at + 1).filter(
    (number) => !numbers.has(number),
  );
  if (missing.length > 0) {
    throw refuse("series-incomplete", `'${dir}' lacks patch ${missing.join(", ")} of ${total}`, []);
  }
  const twice = sorted.find((mail, at) => at > 0 && numberOf(mail) === at);
  if (twice === undefined) return sorted;
  throw refuse("series-incomplete", `'${dir}' has patch ${numberOf(twice)} of ${total} twice`, []);
}

function refuse(code: string, message: string, hints: readonly string[]): ToolError {
  return new ToolError(message, { kind: "user", code, hints });
}
