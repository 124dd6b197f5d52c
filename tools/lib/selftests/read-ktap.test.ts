import { expect, test } from "vitest";
import { readKtap } from "./read-ktap.ts";

test("results are told from what is around them", () => {
  const console = ["1..3", "[    0.1] ok then", "ok 1 a", "ok 2 b # SKIP no device", "not ok 3 c"];
  expect(readKtap(console.join("\n"))).toEqual({
    ok: ["ok 1 a", "ok 2 b # SKIP no device"],
    notOk: ["not ok 3 c"],
    skipped: ["ok 2 b # SKIP no device"],
  });
});

test("a subtest that fails counts, one that passes does not", () => {
  const { ok, notOk } = readKtap("    ok 1 a\n    not ok 2 b\nnot ok 1 all");
  expect(ok).toEqual([]);
  expect(notOk).toEqual(["    not ok 2 b", "not ok 1 all"]);
});
