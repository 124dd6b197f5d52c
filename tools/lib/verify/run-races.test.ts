import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type CallResult,
  createMachine,
  encodeRaces,
  encodeResults,
  generateRaces,
  initialState,
  type State,
  step,
} from "../../../kernel-model/index.ts";
import { type FakeMachine, fakeQemu } from "../../../tests/support/fake-qemu.ts";
import { ONE_NODE_FACTS, oneNode } from "../../../tests/support/one-node.ts";
import { encodeControl } from "./control-page.ts";
import { DEFAULT_LIMITS } from "./progress-watch.ts";
import { runRaces } from "./run-races.ts";
import { planShared } from "./shared-range.ts";

const topology = oneNode();
const races = generateRaces("v2", 1);
let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "rfckit-races-"));
});
afterEach(() => rm(dir, { recursive: true }));

/** As a machine would answer whose tasks run one after the other, or claim to overlap. */
function answers(overlap: boolean): readonly CallResult[] {
  return races.flatMap(({ calls }, vector) => {
    let state: State = initialState(createMachine(topology, "v2"));
    return calls.map(({ call, task }, at): CallResult => {
      const [outcome] = step(state, call);
      if (outcome === undefined) throw new Error("the model has no outcome");
      state = outcome.state;
      const made = BigInt(2 * at);
      const returned = overlap && task === 1 ? made + 40n : made + 1n;
      const digest = task === 0 ? 0n : (made << 32n) | returned;
      return { vector, step: at, op: 1, ret: outcome.ret, out: outcome.out, digest };
    });
  });
}

function rangeOf(results: readonly CallResult[]): Uint8Array {
  const image = encodeRaces(1, races);
  const nrCalls = races.reduce((sum, { calls }) => sum + calls.length, 0);
  const sizes = { imageBytes: image.length, nrCalls, outBytes: image.length };
  const layout = planShared(sizes);
  const bytes = encodeResults(results);
  const facts = new TextEncoder().encode(`${ONE_NODE_FACTS.join("\n")}\n`);
  const range = new Uint8Array(layout.resultsOffset + bytes.length);
  range.set(encodeControl(layout, { duties: [], go: true, expected: "" }));
  const view = new DataView(range.buffer);
  view.setUint32(128, 3, true);
  view.setBigUint64(144, BigInt(bytes.length), true);
  view.setBigUint64(152, BigInt(facts.length), true);
  view.setBigUint64(160, 1n, true);
  range.set(facts, layout.factsOffset);
  range.set(bytes, layout.resultsOffset);
  return range;
}

async function raceOn(machine: FakeMachine) {
  const qemu = await fakeQemu(join(dir, "fake"), machine);
  const files = { vmlinux: "vmlinux", initramfs: "initramfs", dir: join(dir, "run") };
  return await runRaces({
    ...{ stage: "v2", rounds: 1, seed: 1, topology, version: "#0123456789ab" },
    guest: { ...files, qemu, limits: DEFAULT_LIMITS },
  });
}

describe("races", () => {
  test("whose calls came one after the other pass, and none overlapped", async () => {
    const evidence = await raceOn({ shared: rangeOf(answers(false)) });
    expect(evidence).toMatchObject({ findings: [], overlapping: 0 });
    expect(evidence.linearizable).toBe(races.length);
  });

  test("are seen to overlap by the numbers that calls took", async () => {
    const evidence = await raceOn({ shared: rangeOf(answers(true)) });
    expect(evidence.findings).toEqual([]);
    expect(evidence.overlapping).toBe(races.length);
  });

  test("in which a call gave what no order explains are told with the calls", async () => {
    const index = races.findIndex(({ id }) => id === "caps-with-caps-0");
    const wrong = answers(false).map((result) => {
      return result.vector === index && result.step === 2 ? { ...result, ret: -5 } : result;
    });
    const { findings, linearizable } = await raceOn({ shared: rangeOf(wrong) });
    expect(linearizable).toBe(races.length - 1);
    expect(findings).toMatchObject([{ kind: "differs", vector: { id: "caps-with-caps-0" } }]);
    expect(findings[0]?.vector?.program.join("\n")).toMatch(/HBF_IOC_CAPS.* = -5 +\[task 1/);
  });

  test("have the same hashes for the same answers, and are told from a dead machine", async () => {
    const shared = rangeOf(answers(false));
    const [one, two] = [await raceOn({ shared }), await again({ shared })];
    expect([one.resultsHash, one.consoleHash]).toEqual([two.resultsHash, two.consoleHash]);
    const dead = await again({ shared: rangeOf([]), end: "exit 1" });
    expect(dead.findings.map(({ kind }) => kind)).toEqual(["qemu-died"]);
  });
});

async function again(machine: FakeMachine) {
  await rm(join(dir, "run"), { recursive: true });
  return await raceOn(machine);
}
