import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  encodeImage,
  encodeResults,
  generateVectors,
  modelResults,
} from "../../../kernel-model/index.ts";
import { type FakeMachine, fakeQemu } from "../../../tests/support/fake-qemu.ts";
import { ONE_NODE_FACTS, oneNode } from "../../../tests/support/one-node.ts";
import { encodeControl } from "./control-page.ts";
import { DEFAULT_LIMITS } from "./progress-watch.ts";
import type { VectorsRequest } from "./run-part.ts";
import { runVectors } from "./run-vectors.ts";
import { planShared } from "./shared-range.ts";

const topology = oneNode();
const vectors = generateVectors({ stage: "v1", seed: 1, topology }).vectors.slice(0, 20);
let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "rfckit-machine-"));
});
afterEach(() => rm(dir, { recursive: true }));

const STATE = { started: 1, running: 2, done: 3, failed: 4, ending: 5 } as const;

/** The shared range as a runner leaves it. */
function rangeOf(left: {
  readonly results?: Uint8Array;
  readonly state?: keyof typeof STATE;
  readonly facts?: readonly string[];
}): Uint8Array {
  const calls = vectors.flatMap((vector) => vector.calls);
  const outBytes = calls.reduce((sum, call) => {
    return sum + (call.op === "ioctl" ? call.payload.length : 0);
  }, 0);
  const imageBytes = encodeImage({ seed: 1, vectors }).length;
  const layout = planShared({ imageBytes, nrCalls: calls.length, outBytes });
  const results = left.results ?? encodeResults(modelResults(vectors));
  const facts = new TextEncoder().encode(`${(left.facts ?? ONE_NODE_FACTS).join("\n")}\n`);
  const range = new Uint8Array(layout.resultsOffset + results.length);
  range.set(encodeControl(layout, { duties: [], go: true, expected: "" }));
  const view = new DataView(range.buffer);
  view.setUint32(128, STATE[left.state ?? "done"], true);
  view.setBigUint64(144, BigInt(results.length), true);
  view.setBigUint64(152, BigInt(facts.length), true);
  view.setBigUint64(160, 1n, true);
  range.set(facts, layout.factsOffset);
  range.set(results, layout.resultsOffset);
  return range;
}

async function outcomeOf(machine: FakeMachine, change: Partial<VectorsRequest> = {}) {
  const qemu = await fakeQemu(join(dir, "fake"), machine);
  const initramfs = join(dir, "initramfs");
  await writeFile(initramfs, "");
  return await runVectors({
    ...{ vmlinux: "vmlinux", version: "#0123456789ab", initramfs, topology },
    ...{ accel: "tcg", qemu, seed: 1, vectors, dir: join(dir, "run") },
    ...{ limits: DEFAULT_LIMITS, maxRestarts: 0, ...change },
  });
}

async function kindsOf(machine: FakeMachine, change: Partial<VectorsRequest> = {}) {
  return (await outcomeOf(machine, change)).findings.map(({ kind }) => kind);
}

/** Two results in each other's place, both with a good checksum. */
function reordered(): Uint8Array {
  const all = [...modelResults(vectors)];
  const [first, second] = [all[4], all[5]];
  if (first === undefined || second === undefined) throw new Error("too few results");
  all.splice(4, 2, second, first);
  return encodeResults(all);
}

describe("a machine", () => {
  test("that leaves everything in order passes", async () => {
    const evidence = await outcomeOf({ shared: rangeOf({}) });
    expect(evidence).toMatchObject({ findings: [], agreeing: 20, notRun: 0 });
  });

  test.each<[string, string, FakeMachine]>([
    ["truncated", "whose results are reordered", { shared: rangeOf({ results: reordered() }) }],
    [
      "truncated",
      "whose results lack their end",
      { shared: rangeOf({ results: encodeResults(modelResults(vectors)).slice(0, -32) }) },
    ],
    [
      "truncated",
      "that did fewer vectors",
      { shared: rangeOf({ results: encodeResults(modelResults(vectors.slice(0, 19))) }) },
    ],
    ["qemu-died", "that ends with status 0", { shared: rangeOf({}), end: "exit 0" }],
    ["qemu-died", "that crashes", { shared: rangeOf({ state: "running" }), end: "kill -SEGV $$" }],
    [
      "qemu-died",
      "that complains and ends",
      { end: "echo 'qemu: cannot allocate memory' >&2; exit 1", shared: new Uint8Array() },
    ],
    [
      "runner-failed",
      "whose init gave up",
      {
        shared: rangeOf({
          state: "failed",
          facts: [...ONE_NODE_FACTS, "failed=cannot open /dev/mem"],
        }),
      },
    ],
    [
      "wrong-kernel",
      "with another kernel",
      {
        shared: rangeOf({
          facts: ONE_NODE_FACTS.map((line) => line.replace("0123456789ab", "deadbeef")),
        }),
      },
    ],
    [
      "panic",
      "that panics and leaves with status 0",
      {
        ...{ shared: rangeOf({ state: "running" }), end: "exit 0" },
        console: "BUG: unable to handle page fault\nKernel panic - not syncing: Fatal exception\n",
      },
    ],
  ])("is told as %s: one %s", async (kind, _, machine) => {
    expect(await kindsOf(machine)).toEqual([kind]);
  });

  test("that is silent for ever is ended, with every child", async () => {
    const limits = { ...DEFAULT_LIMITS, bootMs: 50 };
    const end = "trap '' TERM; sleep 600 & wait; sleep 600";
    expect(await kindsOf({ end }, { limits })).toEqual(["boot-timeout"]);
  });

  test("that hangs amid its work is told by its clock", async () => {
    const limits = { ...DEFAULT_LIMITS, quietMs: 50 };
    const machine = { shared: rangeOf({ state: "running" }), end: "sleep 600" };
    const { findings } = await outcomeOf(machine, { limits });
    expect(findings).toMatchObject([{ kind: "hang", what: "no progress, guest ended" }]);
  });

  test("that hangs when all vectors have run blames none of them", async () => {
    const limits = { ...DEFAULT_LIMITS, quietMs: 50, endMs: 100 };
    const machine = { shared: rangeOf({ state: "ending" }), end: "sleep 600" };
    const { findings, agreeing, guests } = await outcomeOf(machine, { limits, maxRestarts: 2 });
    const what = "init did not come to its end after the last vector, guest ended";
    expect(findings).toMatchObject([{ kind: "hang", what }]);
    expect(findings[0]?.vector).toBeUndefined();
    expect({ agreeing, guests: guests.length }).toEqual({ agreeing: 20, guests: 1 });
  });

  test("that is not there is an error of the environment", async () => {
    const run = outcomeOf({}, { qemu: join(dir, "no-such-qemu") });
    await expect(run).rejects.toMatchObject({ code: "program-missing", kind: "environment" });
  });

  test("is ended when somebody interrupts", async () => {
    const controller = new AbortController();
    const run = outcomeOf({ end: "sleep 600" }, { signal: controller.signal });
    setTimeout(() => controller.abort(), 100);
    await expect(run).rejects.toThrow();
  });
});
