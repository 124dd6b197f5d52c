import { relative } from "node:path";
import type { ReviewedCover, ReviewedPatch } from "../../../checks/context.ts";
import { parsePatch } from "../../lib/patch/parse-patch.ts";
import type { ListedCommit } from "../../lib/series/list-commits.ts";
import type { SeriesFolder } from "../../lib/series/read-folder.ts";
import type { SeriesMail } from "../../lib/series/series-mail.ts";

/**
 * Puts each mail of a folder together with the commit that it makes.
 *
 * @param commits one for each mail, or none at all: then the mail alone says who wrote what
 */
export function reviewedPatches(
  mails: readonly SeriesMail[],
  commits: readonly ListedCommit[] | undefined,
  projectDir: string,
): ReviewedPatch[] {
  return mails.map(({ path, mail }, index) => {
    const parsed = parsePatch(mail.bytes);
    const commit = commits === undefined ? commitlessOf(parsed) : commits[index];
    if (commit === undefined) throw new RangeError(`no commit of '${path}'`);
    return {
      ...commit,
      position: `${index + 1}/${mails.length}`,
      file: shownPath(path, projectDir),
      path,
      bytes: mail.bytes,
      parsed,
    };
  });
}

/** The cover letter of a folder as the checks see it. */
export function reviewedCover(
  { cover }: Pick<SeriesFolder, "cover">,
  projectDir: string,
): ReviewedCover | undefined {
  if (cover === undefined) return undefined;
  const { bytes } = cover.mail;
  return { file: shownPath(cover.path, projectDir), bytes, parsed: parsePatch(bytes) };
}

/** Relative below the project; what lives elsewhere keeps its whole path. */
function shownPath(path: string, projectDir: string): string {
  const short = relative(projectDir, path);
  return short.startsWith("..") ? path : short;
}

function commitlessOf(parsed: ReviewedPatch["parsed"]): ListedCommit {
  const { headers, inBodyFrom, subject, rawSubject, message } = parsed;
  const body = message.map(({ text }) => `${text}\n`).join("");
  return {
    commit: "",
    tree: "",
    author: inBodyFrom?.text ?? headers.find(({ name }) => name === "from")?.value ?? "",
    subject: subject?.text ?? rawSubject.text,
    body: `${body.trim()}\n`,
  };
}
