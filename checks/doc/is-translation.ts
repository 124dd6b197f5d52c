import type { DocFile } from "./doc-file.ts";

/** Whether a document is a translation, whose words are not English. */
export function isTranslation({ treePath, path }: DocFile): boolean {
  return /(?:^|\/)translations\//.test(treePath ?? path);
}
