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
 * @param change what to do to the text of a mail first
 */
export async function readStage(
  stage: string,
  dir: string,
  change: (name: string, text: string) => string = (_, text) => text,
): Promise<ReviewContext> {
  const config = await loadSeriesConfig(ROOT);
  const where = locateStage(config, ROOT, stage);
  const names = readdirSync(where.dir)
    .filter((name) => /^\d{4}-.*\.patch$/.test(name))
    .sort();
  const read = (name: string): Uint8Array =>
    new TextEncoder().encode(change(name, readFileSync(join(where.dir, name), "utf8")));
  const [cover = "", ...rest] = names;
  const patches = rest.map((name, at) => ({
    ...patchOf(read(name), at + 1, rest.length),
    file: name,
    path: join(where.dir, name),
  }));
  const bytes = read(cover);
  const changesOf = (path: string) =>
    patches.flatMap(({ parsed }) => parsed.files.filter((file) => file.path === path));
  return createContext({
    patches,
    coverLetter: { file: cover, bytes, parsed: parsePatch(bytes) },
    baseCommit: config.base.commit,
    version: where.stage.version,
    recipients: config.recipients,
    effects: {
      baseText: async (path) =>
        changesOf(path)
          .flatMap(({ hunks }) => hunks.flat())
          .map(({ kind, text }) => (kind === "+" ? "" : `${text}\n`))
          .join(""),
      tipText: async (path) => changesOf(path).reduce<string[]>(applyHunks, []).join("\n"),
      searchBase: async () => [],
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
