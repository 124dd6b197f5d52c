import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { ToolError } from "../error.ts";
import { errnoOf } from "../fs/disk-space.ts";
import { parsePatchMail } from "../patch/parse-mail.ts";
import { readPatchFile } from "./read-patch-file.ts";
import { requireSound, type SeriesMail } from "./series-mail.ts";

/** The text that the cover letter is made from; lives with the mails, never sent itself. */
export const COVER_TEXT = "cover-letter.txt";

/** What a stage's folder holds. */
export interface SeriesFolder {
  readonly dir: string;
  /** 0000-cover-letter.patch, when there is one. */
  readonly cover: SeriesMail | undefined;
  /** In order, without the cover letter. */
  readonly patches: readonly SeriesMail[];
}

/**
 * Reads the mails of a stage and refuses what is no patch.
 *
 * @throws ToolError (user) `series-folder-missing`, `series-empty`, `series-incomplete`,
 *   `patch-broken` with file and line
 */
export async function readSeriesFolder(dir: string): Promise<SeriesFolder> {
  const names = await listMails(dir);
  const files = names.map(
    async (name): Promise<[string, Uint8Array]> => [name, await readPatchFile(join(dir, name))],
  );
  return foldMails(dir, new Map(await Promise.all(files)));
}

/**
 * As `readSeriesFolder`, of mails that were read or made already, in order of their numbers.
 *
 * @throws ToolError (user) `series-empty`, `series-incomplete`, `patch-broken`
 */
export function foldMails(dir: string, files: ReadonlyMap<string, Uint8Array>): SeriesFolder {
  const mails = [...files].map(
    ([name, bytes]): SeriesMail => ({ name, path: join(dir, name), mail: parsePatchMail(bytes) }),
  );
  const cover = mails.find((mail) => numberOf(mail.name) === 0);
  const patches = mails.filter((mail) => numberOf(mail.name) !== 0);
  requireComplete(dir, patches);
  for (const patch of patches) requireSound(patch);
  return { dir, cover, patches };
}

/** The names of the mails in a folder, in order of their numbers. */
export async function listMails(dir: string): Promise<string[]> {
  try {
    return (await readdir(dir)).filter((name) => /^\d{4}-.*\.patch$/.test(name)).sort();
  } catch (error) {
    if (errnoOf(error) !== "ENOENT" && errnoOf(error) !== "ENOTDIR") throw error;
    throw new ToolError(`there is no folder '${dir}'`, {
      kind: "user",
      code: "series-folder-missing",
      hints: ["rfckit series export   (makes it from the commits)"],
      cause: error,
    });
  }
}

function numberOf(name: string): number {
  return Number(name.slice(0, 4));
}

function requireComplete(dir: string, patches: readonly SeriesMail[]): void {
  if (patches.length === 0) {
    throw new ToolError(`'${dir}' has no patches`, {
      kind: "user",
      code: "series-empty",
      hints: ["rfckit series export   (makes them from the commits)"],
    });
  }
  const subject = patches[0]?.mail.headers.get("subject") ?? "";
  const total = Number(/^\[[^\]]*\s\d+\/(\d+)\]/.exec(subject)?.[1] ?? patches.length);
  const numbers = patches.map((patch) => numberOf(patch.name));
  const missing = Array.from({ length: Math.min(total, 9999) }, (_, at) => at + 1).filter(
    (number) => !numbers.includes(number),
  );
  if (missing.length === 0 && patches.length === total) return;
  const what =
    missing.length > 0 ? `lacks patch ${missing.join(", ")} of ${total}` : `has more than ${total}`;
  throw new ToolError(`'${dir}' ${what}`, {
    kind: "user",
    code: "series-incomplete",
    hints: ["rfckit series export   (writes all of them again)"],
  });
}
