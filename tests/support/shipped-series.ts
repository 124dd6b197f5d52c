import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ReviewContext } from "../../checks/context.ts";
import { loadSeriesConfig, locateStage } from "../../tools/lib/config/load-series-config.ts";
import { openGit } from "../../tools/lib/git/git.ts";
import type { ChangedFile } from "../../tools/lib/patch/parse-files.ts";
import { parsePatch } from "../../tools/lib/patch/parse-patch.ts";
import { readMailInfo } from "../../tools/lib/series/mail-info.ts";
import { patchOf } from "./judge-text.ts";
import { createContext } from "./review-context.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/**
 * The mails of a shipped stage, with what they show of the tree: texts need no kernel to be judged.
 *
 * @param dir an empty directory for git
 */
export async function readStage(stage: string, dir: string): Promise<ReviewContext> {
  const config = await loadSeriesConfig(ROOT);
  const where = locateStage(config, ROOT, stage);
  const names = readdirSync(where.dir)
    .filter((name) => /^\d{4}-.*\.patch$/.test(name))
    .sort();
  const mails = names.map((name) => {
    const path = join(where.dir, name);
    return { name, path, text: readFileSync(path, "utf8") };
  });
  const { version } = where.stage;
  const { recipients } = config;
  return contextOfMails(mails, { stage, version, recipients, baseCommit: config.base.commit }, dir);
}

/** A mail of a series in a test, by the name of its file. */
export interface NamedMail {
  readonly name: string;
  readonly path: string;
  readonly text: string | Uint8Array;
}

/**
 * The context of mails: `0000-` is the cover letter. Effects answer with what the mails show of the
 * tree.
 *
 * @param dir an empty directory for git
 */
export function contextOfMails(
  mails: readonly NamedMail[],
  facts: Pick<ReviewContext, "version" | "recipients" | "baseCommit"> & { readonly stage?: string },
  dir: string,
): ReviewContext {
  const encode = ({ text }: NamedMail): Uint8Array =>
    typeof text === "string" ? new TextEncoder().encode(text) : text;
  const cover = mails.find(({ name }) => name.startsWith("0000-"));
  const rest = mails.filter((mail) => mail !== cover);
  const patches = rest.map((mail, at) => ({
    ...patchOf(encode(mail), at + 1, rest.length),
    file: mail.name,
    path: mail.path,
  }));
  const bytes = cover === undefined ? new Uint8Array() : encode(cover);
  const changesOf = (path: string) =>
    patches.flatMap(({ parsed }) => parsed.files.filter((file) => file.path === path));
  return createContext({
    patches,
    coverLetter:
      cover === undefined ? undefined : { file: cover.name, bytes, parsed: parsePatch(bytes) },
    ...facts,
    effects: {
      baseText: async (path) =>
        changesOf(path)
          .flatMap(({ hunks }) => hunks.flat())
          .map(({ kind, text }) => (kind === "+" ? "" : `${text}\n`))
          .join(""),
      tipText: async (path) => changesOf(path).reduce<string[]>(applyHunks, []).join("\n"),
      searchBase: async () => [],
      subjectsOf: async () => [],
      replies: async () => undefined,
      mailMessage: async ({ path, bytes: mail }) => {
        const target = { git: openGit({ dir }), workDir: dir };
        return (await readMailInfo({ path, mail: { bytes: mail } }, target)).message;
      },
    },
  });
}

/** Applies the hunks of one file that the series itself adds. */
function applyHunks(before: string[], file: ChangedFile): string[] {
  const lines = [...before];
  for (const hunk of file.hunks) {
    let at = (hunk[0]?.newLine ?? 1) - 1;
    for (const { kind, text } of hunk) {
      if (kind === "-") lines.splice(at, 1);
      if (kind === "+") lines.splice(at, 0, text);
      if (kind !== "-") at += 1;
    }
  }
  return lines;
}
