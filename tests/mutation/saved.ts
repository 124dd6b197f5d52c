import { join } from "node:path";
import { cacheDir } from "../../tools/lib/fs/cache-dir.ts";
import { contentKey, openContentStore } from "../../tools/lib/fs/content-store.ts";

/** A list that outlives the process, so that a run which was ended goes on where it was. */
export interface Saved<Item> {
  readonly before: readonly Item[];
  readonly save: (items: readonly Item[]) => Promise<void>;
}

/** The list that was saved under these words, empty if none was. */
export async function savedUnder<Item>(words: readonly string[]): Promise<Saved<Item>> {
  const store = openContentStore(join(cacheDir(process.env), "mutation"));
  const key = contentKey([...words]);
  const bytes = await store.readBytes(key);
  const text = bytes === undefined ? "[]" : new TextDecoder().decode(bytes);
  return {
    before: JSON.parse(text) as readonly Item[],
    save: async (items) => void (await store.writeBytes(key, JSON.stringify(items))),
  };
}
