import { expect, test } from "vitest";
import type { Call } from "../machine/calls.ts";
import { createMachine } from "../machine/params.ts";
import { TOPOLOGIES } from "../topology/registry.ts";
import { compareResults } from "./compare.ts";
import { generateVectors } from "./generate.ts";
import { hintAt, openDevice } from "./hint-at.ts";
import { predict } from "./predict.ts";
import type { Vector } from "./vector.ts";
import { modelResults } from "./wire/encode-results.ts";

const [topology] = TOPOLOGIES;
if (topology === undefined) throw new Error("no topology");
const digestsOf = (stage: "v1" | "v2", ...calls: Call[]): readonly number[] | undefined =>
  predict(createMachine(topology, stage), calls).digests;

test("the digest tells which slots are open, and before v2 nothing of what is counted", () => {
  const programs: Call[][] = [
    [openDevice(0)],
    [openDevice(1)],
    [openDevice(0), openDevice(1)],
    [openDevice(0), { op: "close", slot: 0 }],
    [{ op: "open-other", slot: 0, which: 0 }],
  ];
  const all = programs.map((calls) => digestsOf("v2", ...calls)?.[0]);
  // A kernel that knows STATS answers it for the device, and nothing for a pipe.
  expect(new Set(all).size).toBe(programs.length);
  const hint = hintAt(0, "promote", 8, 1);
  expect(digestsOf("v1", openDevice(0), hint)).toEqual(digestsOf("v1", openDevice(0)));
  expect(digestsOf("v2", openDevice(0), hint)).not.toEqual(digestsOf("v2", openDevice(0)));
  expect(digestsOf("v2", openDevice(0), hint)).not.toEqual(
    digestsOf("v2", openDevice(0), hintAt(0, "demote", 8, 1)),
  );
});

test("a file that two slots share counts for both, and one of a child's for the parent", () => {
  const dup: Call = { op: "fileop", slot: 0, which: 5, target: 1 };
  const hints = [0, 1].map((slot) => hintAt(slot, "promote", 8, 1));
  const [first, second] = hints.map((hint) => digestsOf("v2", openDevice(0), dup, hint));
  expect(first).toEqual(second);
  const parent = digestsOf("v2", openDevice(0), { op: "fork" }, ...hints.slice(0, 1), {
    op: "exit",
  });
  expect(parent).toBeUndefined();
  const [hint = hintAt(0, "promote", 8, 1)] = hints;
  const child: Call[] = [{ op: "fork" }, hint, { op: "exit" }];
  expect(digestsOf("v2", openDevice(0), ...child, openDevice(1))).toEqual(
    digestsOf("v2", openDevice(0), hint, openDevice(1)),
  );
});

test("a kernel that answers every call as predicted and counts otherwise is noticed", () => {
  const { vectors } = generateVectors({ stage: "v2", seed: 1, topology });
  const asked = vectors.filter(({ digests }) => digests !== undefined);
  expect(asked.length).toBeGreaterThan(0.95 * vectors.length);
  const few: readonly Vector[] = asked.slice(0, 40);
  const results = modelResults(few);
  expect(compareResults(few, results).differences).toEqual([]);
  const wrong = results.map((result) =>
    result.digest === 0n ? result : { ...result, digest: result.digest ^ 1n },
  );
  const { differences } = compareResults(few, wrong);
  expect(differences).toHaveLength(few.length);
  expect(differences[0]?.details[0]).toMatch(
    /what their files count: predicted 0x[0-9a-f]{8}, obs/,
  );
});
