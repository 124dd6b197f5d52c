import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { generateVectors, TOPOLOGIES, type Vector } from "../../kernel-model/index.ts";
import { X86 } from "../../tools/lib/arch/registry.ts";
import { buildKernel } from "../../tools/lib/build/build-kernel.ts";
import { buildInitramfs } from "../../tools/lib/build/build-runner.ts";
import { readKernelConfig } from "../../tools/lib/build/kernel-config.ts";
import { buildVersionOf } from "../../tools/lib/build/kernel-make.ts";
import { cacheDir } from "../../tools/lib/fs/cache-dir.ts";
import { findPackageDir } from "../../tools/lib/fs/package-dir.ts";
import { DEFAULT_LIMITS } from "../../tools/lib/verify/progress-watch.ts";
import type { VectorsRequest } from "../../tools/lib/verify/run-part.ts";
import { runVectors } from "../../tools/lib/verify/run-vectors.ts";
import { shippedTip } from "./lab.ts";

const SOME = 40;
const [TOPOLOGY] = TOPOLOGIES;
let base: Omit<VectorsRequest, "dir">;
let dir: string;

beforeAll(async () => {
  if (TOPOLOGY === undefined) throw new Error("the model has no topology");
  const packageDir = findPackageDir();
  const { signal } = new AbortController();
  const { tree, treeish } = await shippedTip();
  const config = await readKernelConfig(packageDir);
  const env = process.env;
  const kernel = await buildKernel({ tree, treeish, config, featureExpected: true, env, signal });
  if (kernel.kind === "failed") throw new Error("the series does not build");
  const runner = { repository: tree.dir, treeish, packageDir, cacheDir: cacheDir(env) };
  const { vectors } = generateVectors({ stage: "v1", seed: 1, topology: TOPOLOGY });
  base = {
    ...{ vmlinux: kernel.vmlinux, version: `#${buildVersionOf(kernel.treeId)}`, seed: 1 },
    ...{ initramfs: (await buildInitramfs(runner)).file, topology: TOPOLOGY, accel: "tcg" },
    ...{ vectors: vectors.slice(0, SOME), limits: DEFAULT_LIMITS, maxRestarts: 0, signal },
  };
});
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "rfckit-guest-"));
});
afterEach(() => rm(dir, { recursive: true }));

async function outcomeOf(change: Partial<VectorsRequest>): Promise<unknown> {
  const { findings } = await runVectors({ ...base, ...change, dir });
  return findings.map(({ kind }) => kind);
}

describe("what is told apart, live", () => {
  test("a good guest is not one of them", async () => {
    expect(await outcomeOf({})).toEqual([]);
  });

  test("another kernel than the one that was built", async () => {
    expect(await outcomeOf({ version: "#0123456789ab" })).toEqual(["wrong-kernel"]);
  });

  test("a machine without the second node", async () => {
    expect(await outcomeOf({ cmdline: ["mem=512M"] })).toEqual(["wrong-topology"]);
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
    const killer = setInterval(() => void killQemuOf(dir), 20);
    try {
      expect(await outcomeOf({ vectors: manyVectors() })).toEqual(["qemu-died"]);
    } finally {
      clearInterval(killer);
    }
  });

  test("results that somebody damages", async () => {
    const qemu = await damagingQemu(join(dir, "guest-0", "shared.bin"));
    expect(await outcomeOf({ qemu })).toEqual(["truncated"]);
  });
});

describe("a serial line, where memory cannot be shared", () => {
  test("brings the same results, and is taken when QEMU refuses the file", async () => {
    const qemu = join(dir, "refusing-qemu");
    const refuse = '*memory-backend-file*) echo "cannot map the file" >&2; exit 1;;';
    const script = `#!/bin/sh\ncase "$*" in ${refuse} esac\nexec ${X86.machine.program} "$@"\n`;
    await writeFile(qemu, script, { mode: 0o755 });
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

/** Enough to be at work for a while: the same ones again and again. */
function manyVectors(): readonly Vector[] {
  return Array.from({ length: 2_000 }, (_, index) => base.vectors[index % SOME]).flatMap(
    (vector) => (vector === undefined ? [] : [vector]),
  );
}

/** Kills the QEMU whose console is in `folder`, and no other. */
async function killQemuOf(folder: string): Promise<void> {
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const words = await readFile(`/proc/${name}/cmdline`, "utf8").catch(() => "");
    if (words.startsWith("qemu-system") && words.includes(folder)) {
      process.kill(Number(name), "SIGKILL");
    }
  }
}

/** A QEMU that overwrites the first result once the guest has ended, before anybody reads it. */
async function damagingQemu(sharedFile: string): Promise<string> {
  const script = [
    "#!/bin/sh",
    `${X86.machine.program} "$@"`,
    "code=$?",
    `at=$(od -An -tu8 -j24 -N8 ${sharedFile})`,
    `printf '\\377\\377\\377\\377' | dd of=${sharedFile} bs=1 seek=$((at)) conv=notrunc status=none`,
    "exit $code",
  ];
  const file = join(dir, "damaging-qemu");
  await writeFile(file, `${script.join("\n")}\n`, { mode: 0o755 });
  return file;
}
