import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fakeQemu } from "../../../tests/support/fake-qemu.ts";
import { oneNode } from "../../../tests/support/one-node.ts";
import { type AccelChoice, chooseAccel } from "./choose-accel.ts";

const topology = oneNode();
let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "rfckit-accel-"));
  await writeFile(join(dir, "kvm"), "");
});
afterEach(() => rm(dir, { recursive: true }));

/** Asks with a program that counts how often it was started. */
async function choose(end: string, env: Record<string, string> = {}): Promise<AccelChoice> {
  const qemu = await fakeQemu(join(dir, "fake"), { end: `echo >> '${dir}/starts'; ${end}` });
  const guest = { vmlinux: "vmlinux", initramfs: "initramfs", topology, qemu };
  const keys = { qemuId: "QEMU of a test", kernelKey: "0123456789abcdef" };
  return await chooseAccel({
    ...{ env, cacheDir: join(dir, "cache"), ...keys, device: join(dir, "kvm"), limitMs: 100 },
    guest: { ...guest, dir: await mkdtemp(join(dir, "probe-")) },
  });
}

async function starts(): Promise<number> {
  return (await readFile(join(dir, "starts"), "utf8")).length;
}

describe("KVM", () => {
  test("that hangs is found out once, and TCG is taken ever after", async () => {
    const hang = "trap '' TERM; sleep 600";
    expect(await choose(hang)).toEqual({ accel: "tcg", why: "a probe boot under KVM failed" });
    const again = { accel: "tcg", why: "a probe boot under KVM failed before" };
    expect(await choose(hang)).toEqual(again);
    expect(await starts()).toBe(1);
  });

  test.each(["exit 0", "exit 33", "kill -ABRT $$"])(
    "whose guest does not reach its end is not trusted: %s",
    async (end) => {
      expect((await choose(end)).accel).toBe("tcg");
    },
  );

  test("is not asked for when the user says so, or has no access", async () => {
    expect(await choose("exit 33", { RFCKIT_ACCEL: "tcg" })).toMatchObject({ accel: "tcg" });
    await rm(join(dir, "kvm"));
    expect((await choose("exit 33")).why).toContain("no access");
    await expect(starts()).rejects.toThrow("ENOENT");
  });

  test("by another name is a wrong use", async () => {
    const wrong = choose("exit 33", { RFCKIT_ACCEL: "hvf" });
    await expect(wrong).rejects.toMatchObject({ code: "unknown-accel", kind: "user" });
  });
});
