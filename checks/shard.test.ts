import fc from "fast-check";
import { expect, test } from "vitest";
import { CHECKS } from "./registry.ts";
import { checksOfShard } from "./shard.ts";

test("every check is in exactly one shard, and each shard gets its share of each cost", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), (total) => {
      const shards = Array.from({ length: total }, (_, at) =>
        checksOfShard(CHECKS, { index: at + 1, total }),
      );
      const ids = shards.flat().map(({ id }) => id);
      expect(ids.toSorted()).toEqual(CHECKS.map(({ id }) => id).toSorted());
      const dear = shards.map((shard) => shard.filter(({ cost }) => cost === "minutes").length);
      expect(Math.max(...dear) - Math.min(...dear)).toBeLessThanOrEqual(1);
      for (const shard of shards) {
        expect(shard).toEqual(CHECKS.filter((check) => shard.includes(check)));
      }
    }),
  );
});
