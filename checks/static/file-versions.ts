import type { ReviewContext } from "../context.ts";
import { changedSources, parentOf } from "./changed-sources.ts";

/** What the patches make of the files that they change, and what was there before. */
export interface FileVersions {
  /** Each text once, under a name of its own: `3/mm/hbf.c`. */
  readonly files: Readonly<Record<string, string>>;
  /** The name of a file as a commit has it; undefined when that is not wanted. */
  nameAt(commit: string, path: string): string | undefined;
}

/**
 * Reads every version of the changed files, so that a script is started once for all of them.
 *
 * @param name of the files
 * @param wants tells of a text whether the script shall see it
 */
export async function readVersions(
  context: ReviewContext,
  name: RegExp,
  wants: (text: string) => boolean = () => true,
): Promise<FileVersions> {
  const names = new Map<string, string>();
  const known = new Map<string, string>();
  for (const [at, mail] of context.patches.entries()) {
    for (const { path } of changedSources(mail, name)) {
      for (const commit of [parentOf(context, at), mail.commit]) {
        const text = await context.effects.textAt(commit, path);
        if (text === undefined || !wants(text)) continue;
        const content = `${path}\n${text}`;
        const given = known.get(content) ?? `${known.size}/${path}`;
        known.set(content, given);
        names.set(`${commit}:${path}`, given);
      }
    }
  }
  const files = [...known].map(([content, given]) => {
    return [given, content.slice(content.indexOf("\n") + 1)] as const;
  });
  return {
    files: Object.fromEntries(files),
    nameAt: (commit, path) => names.get(`${commit}:${path}`),
  };
}
