import type { CheckResult } from "../../../checks/contract.ts";
import type { ResultStore } from "../../../checks/run-gate.ts";
import { openContentStore } from "../../lib/fs/content-store.ts";

/**
 * Remembers results as JSON in the cache; an entry that cannot be read counts as none.
 *
 * @param trusted false to write new results but believe no old one (`--no-cache`)
 */
export function openResultStore(root: string, trusted: boolean): ResultStore {
  const store = openContentStore(root);
  return {
    async get(key) {
      const bytes = trusted ? await store.readBytes(key) : undefined;
      if (bytes === undefined) return undefined;
      try {
        return JSON.parse(new TextDecoder().decode(bytes)) as CheckResult;
      } catch {
        return undefined;
      }
    },
    async put(key, result) {
      await store.writeBytes(key, JSON.stringify(result));
    },
  };
}
