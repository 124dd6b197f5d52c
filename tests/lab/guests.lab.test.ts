import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Vector } from "../../kernel-model/index.ts";
import type { OnGuest } from "../../tools/lib/verify/guest-view.ts";
import { isInfrastructure } from "../../tools/lib/verify/outcome.ts";
import { DEFAULT_LIMITS } from "../../tools/lib/verify/progress-watch.ts";
import type { VectorsRequest } from "../../tools/lib/verify/run-part.ts";
import { runVectors } from "../../tools/lib/verify/run-vectors.ts";
import { qemusWith } from "./qemus-with.ts";
import { SOME, smallRequest } from "./small-request.ts";
import { changing, DAMAGE, SWAP, wrappedQemu } from "./wrapped-qemu.ts";

let base: Omit<VectorsRequest, "dir">;
let dir: string;

beforeAll(async () => {
  base = await smallRequest();
});
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "rfckit-guest-"));
});
afterEach(() => rm(dir, { recursive: true }));

async function outcomeOf(change: Partial<VectorsRequest>): Promise<unknown> {
  const { findings } = await runVectors({ ...base, dir, ...change });
  return findings.map(({ kind }) => kind);
}

describe("what is told apart, live", () => {
  test("a good guest is not one of them", async () => {
    expect(await outcomeOf({})).toEqual([]);
  });

  test("another kernel than the one that was built", async () => {
    expect(await outcomeOf({ version: "#0123456789ab" })).toEqual(["wrong-kernel"]);
  });

  test("a machine without the second node, before any vector", async () => {
    const { findings, guests, agreeing } = await runVectors({
      ...{ ...base, cmdline: ["mem=512M"], dir },
    });
    expect(findings.map(({ kind }) => kind)).toEqual(["wrong-topology"]);
    expect(isInfrastructure("wrong-topology")).toBe(true);
    const begun = guests.map(({ firstVectorMs }) => firstVectorMs);
    expect({ agreeing, begun }).toEqual({ agreeing: 0, begun: [undefined, undefined] });
  });

  test("a machine whose slow node is in another tier, before any vector", async () => {
    const faster = 'shift; set -- "$@" "$(echo "$word" | sed s/latency=1000/latency=500/)"';
    const qemu = await wrappedQemu(dir, [`for word; do ${faster}; done`]);
    const { findings, agreeing, guests } = await runVectors({ ...base, qemu, dir });
    expect(findings).toMatchObject([
      { kind: "wrong-topology", what: expect.stringMatching(/node 1 predicted in memory_tier90/) },
    ]);
    expect({ agreeing, begun: guests[0]?.firstVectorMs }).toEqual({ agreeing: 0 });
  });

  test("an init that cannot work", async () => {
    const outcome = await outcomeOf({ cmdline: ["rdinit=/dev"] });
    expect(outcome).toEqual(["panic"]);
  });

  test("a guest that does not come up in time, after one more try", async () => {
    const lines: string[] = [];
    const limits = { ...DEFAULT_LIMITS, bootMs: 100 };
    const outcome = await outcomeOf({ limits, onProgress: (line) => lines.push(line) });
    expect(outcome).toEqual(["boot-timeout"]);
    expect(lines.filter((line) => line.includes("trying once more"))).toHaveLength(1);
  });

  test("a file that is no kernel", async () => {
    const vmlinux = join(dir, "vmlinux");
    await writeFile(vmlinux, "no kernel");
    expect(await outcomeOf({ vmlinux })).toEqual(["qemu-died"]);
  });

  test("QEMU killed while vectors run", async () => {
    const onGuest: OnGuest = ({ phase }) => {
      if (phase === "vectors") killQemuOf(dir);
    };
    expect(await outcomeOf({ vectors: manyVectors(), onGuest })).toEqual(["qemu-died"]);
  });

  test("results that somebody damages, or puts in another order", async () => {
    const sharedFile = join(dir, "guest-0", "shared.bin");
    for (const change of [DAMAGE, SWAP]) {
      const qemu = await wrappedQemu(dir, [], await changing(dir, sharedFile, change));
      expect(await outcomeOf({ qemu })).toEqual(["truncated"]);
      await rm(join(dir, "guest-0"), { recursive: true });
    }
  });

  test("a QEMU that is not there, that crashes, and one whose guest is silent", async () => {
    const missing = outcomeOf({ qemu: join(dir, "no-such-qemu"), dir: join(dir, "missing") });
    await expect(missing).rejects.toMatchObject({ code: "program-missing", kind: "environment" });
    const crash = await wrappedQemu(dir, ["kill -SEGV $$"]);
    expect(await outcomeOf({ qemu: crash, dir: join(dir, "crash") })).toEqual(["qemu-died"]);
    const paused = await wrappedQemu(dir, ['set -- "$@" -S']);
    const limits = { ...DEFAULT_LIMITS, bootMs: 1000 };
    const { findings } = await runVectors({ ...base, qemu: paused, limits, dir: join(dir, "s") });
    expect(findings.map(({ what }) => what)).toEqual([
      "init never reported; the console's last line is 'nothing'",
    ]);
  });
});

describe("a serial line, where memory cannot be shared", () => {
  test("brings the same results, and is taken when QEMU refuses the file", async () => {
    const refuse = '*memory-backend-file*) echo "cannot map the file" >&2; exit 1;;';
    const qemu = await wrappedQemu(dir, [`case "$*" in ${refuse} esac`]);
    const lines: string[] = [];
    const request = { ...base, qemu, dir, onProgress: (line: string) => lines.push(line) };
    const { findings, agreeing, guests } = await runVectors(request);
    expect({ findings, agreeing }).toEqual({ findings: [], agreeing: SOME });
    expect(guests).toHaveLength(2);
    expect(lines.join("\n")).toContain("cannot map the file; trying once more over a serial line");
  });
});

describe("a snapshot", () => {
  test("gives the same results as a cold boot, and one that is damaged gives way to it", async () => {
    const cache = { cacheDir: dir, kernelKey: "0123456789abcdef", qemuId: "this machine's" };
    const snapshots = { ...cache, initramfsHash: "0123456789abcdef" };
    const run = (name: string, change: Partial<VectorsRequest>) =>
      runVectors({ ...base, ...change, dir: join(dir, name) });
    const cold = await run("cold", {});
    const first = await run("first", { snapshots, isOneOfMany: true });
    const second = await run("second", { snapshots });
    for (const { findings, agreeing } of [cold, first, second]) {
      expect({ findings, agreeing }).toEqual({ findings: [], agreeing: SOME });
    }
    const restored = [cold, first, second].map(({ guests }) => guests[0]?.isRestored);
    expect(restored).toEqual([false, true, true]);

    const lines: string[] = [];
    const [state] = (await readdir(dir, { recursive: true })).filter((it) => /vmstate$/.test(it));
    await writeFile(join(dir, state ?? ""), "no state of a machine");
    const third = await run("third", { snapshots, onProgress: (line) => lines.push(line) });
    expect(third).toMatchObject({ findings: [], agreeing: SOME });
    expect(third.guests[0]?.isRestored).toBe(false);
    expect(lines.join("\n")).toContain("does not come up");
  });
});

/** Enough to be at work for seconds, and so for many looks: the same ones again and again. */
function manyVectors(): readonly Vector[] {
  return Array.from({ length: 100_000 }, (_, index) => base.vectors[index % SOME]).flatMap(
    (vector) => (vector === undefined ? [] : [vector]),
  );
}

/** Kills the QEMU whose console is in `folder`, and no other. */
function killQemuOf(folder: string): void {
  for (const { pid } of qemusWith(folder)) process.kill(pid, "SIGKILL");
}
