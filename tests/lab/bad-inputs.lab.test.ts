import { mkdtemp, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { chooseAccel } from "../../tools/lib/verify/choose-accel.ts";
import type { VectorsRequest } from "../../tools/lib/verify/run-part.ts";
import { runVectors } from "../../tools/lib/verify/run-vectors.ts";
import { qemusWith } from "./qemus-with.ts";
import { smallRequest } from "./small-request.ts";
import { wrappedQemu } from "./wrapped-qemu.ts";

let base: Omit<VectorsRequest, "dir">;
let dir: string;

beforeAll(async () => {
  base = await smallRequest();
});
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "rfckit-bad-"));
});
afterEach(() => rm(dir, { recursive: true }));

describe("a guest that cannot be", () => {
  test("as its initramfs is larger than its memory: said before QEMU is started", async () => {
    const initramfs = join(dir, "large");
    await writeFile(initramfs, "");
    await truncate(initramfs, 600 * 1024 ** 2);
    const run = runVectors({ ...base, initramfs, dir: join(dir, "run") });
    await expect(run).rejects.toMatchObject({ code: "initramfs-too-large", kind: "user" });
    expect((await readdir(dir, { recursive: true })).filter((name) => /shared/.test(name))).toEqual(
      [],
    );
  });

  test("as the host has no memory for it: QEMU's own words, as a failure of ours", async () => {
    const qemu = await wrappedQemu(dir, ["ulimit -v 600000"]);
    const { findings } = await runVectors({ ...base, qemu, dir });
    expect(findings).toMatchObject([
      { kind: "qemu-died", what: expect.stringMatching(/allocate memory|Cannot allocate/i) },
    ]);
  });

  test("as KVM lets it hang: TCG is taken, and the probe is over in its time", async () => {
    const still = 'for word; do shift; [ "$word" = kvm ] && word=tcg; set -- "$@" "$word"; done';
    const model = 'for word; do shift; [ "$word" = host ] && word=max; set -- "$@" "$word"; done';
    const qemu = await wrappedQemu(dir, [still, model, 'set -- "$@" -S']);
    const device = join(dir, "kvm");
    await writeFile(device, "");
    const { vmlinux, initramfs, topology } = base;
    const guest = { vmlinux, initramfs, topology, qemu, dir: join(dir, "probe") };
    const keys = { qemuId: "of this test", kernelKey: "0123456789abcdef" };
    const startMs = performance.now();
    const asked = { env: {}, cacheDir: join(dir, "cache"), ...keys, device, limitMs: 3_000, guest };
    expect(await chooseAccel(asked)).toEqual({
      ...{ accel: "tcg", why: "a probe boot under KVM failed" },
    });
    expect(performance.now() - startMs).toBeLessThan(10_000);
    expect(qemusWith(dir)).toEqual([]);
  });
});
