import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { openContentStore } from "../fs/content-store.ts";
import { rememberedCheckpatch, shareOut } from "./remember-checkpatch.ts";
import type { CheckpatchInput, CheckpatchReport } from "./run-checkpatch.ts";

const patchOf = (text: string): CheckpatchInput => {
  return { file: `/${text}`, bytes: new TextEncoder().encode(text) };
};

/** Asks about patches and tells which of them a process was started for. */
async function createAsker(type = "SPACING", isSameRun = false) {
  const store = openContentStore(join(await scratchDir(), "store"));
  const thisRun = new Map<string, CheckpatchReport>();
  return async (names: readonly string[], toolKey = ["tool"], trusted = true) => {
    const asked: string[] = [];
    const made = isSameRun ? thisRun : new Map();
    const reports = await rememberedCheckpatch({
      patches: names.map(patchOf),
      toolKey,
      store,
      made,
      trusted,
      processes: 2,
      run: async (shares) =>
        shares.map((patches) =>
          patches.map((patch) => {
            const message = "file" in patch ? patch.file.slice(1) : "text";
            asked.push(message);
            return { findings: [{ line: 1, level: "ERROR", type, message }], command: "perl" };
          }),
        ),
    });
    expect(reports.map(({ findings }) => findings[0]?.message)).toEqual(names);
    return asked.sort();
  };
}

test("only what changed is asked about, and the answers keep their order", async () => {
  const ask = await createAsker();
  expect(await ask(["a", "b", "c"])).toEqual(["a", "b", "c"]);
  expect(await ask(["c", "x", "a"])).toEqual(["x"]);
  expect(await ask(["c", "a"], ["another checkpatch"])).toEqual(["a", "c"]);
  expect(await ask(["c"], ["tool"], false)).toEqual(["c"]);
});

test("within a run nothing is asked about twice, whatever is believed of others", async () => {
  const ask = await createAsker("UNKNOWN_COMMIT_ID", true);
  expect(await ask(["a", "b"], ["tool"], false)).toEqual(["a", "b"]);
  expect(await ask(["b", "c"], ["tool"], false)).toEqual(["c"]);
});

test("what hangs on the commits of the repository is not remembered", async () => {
  const ask = await createAsker("UNKNOWN_COMMIT_ID");
  expect(await ask(["a"])).toEqual(["a"]);
  expect(await ask(["a"])).toEqual(["a"]);
});

test("shares lose nothing, and none is larger than the others by more than a patch", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 50 })), fc.integer({ min: 1, max: 8 }), (sizes, count) => {
      const items = sizes.map((size) => ({ patch: { text: "x".repeat(size) } }));
      const shares = shareOut(items, count);
      expect(shares.flat().length).toBe(items.length);
      expect(new Set(shares.flat()).size).toBe(items.length);
      const total = (share: typeof items) =>
        share.reduce((sum, one) => sum + one.patch.text.length, 0);
      const totals = shares.map(total);
      if (shares.length === count) {
        expect(Math.max(...totals) - Math.min(...totals)).toBeLessThanOrEqual(Math.max(...sizes));
      }
    }),
  );
});
