import { expect, test } from "vitest";
import { TOPOLOGIES } from "../../../kernel-model/index.ts";
import { KERNEL_BUILDS, readBuildConfig } from "../build/kernel-builds.ts";
import { findPackageDir } from "../fs/package-dir.ts";
import { qemuArgs } from "../qemu/qemu-args.ts";
import { ARCHITECTURES, parseArchitectures, X86 } from "./registry.ts";

const [fast] = KERNEL_BUILDS;

test("names are those of the model's platforms, and 'all' is all of them", () => {
  expect(parseArchitectures("all")).toEqual(ARCHITECTURES);
  expect(parseArchitectures("arm64,i386").map(({ name }) => name)).toEqual(["arm64", "i386"]);
  for (const { name, platform } of ARCHITECTURES) expect(platform.name).toBe(name);
  expect(() => parseArchitectures("vax")).toThrow("there is no architecture 'vax'");
});

test.each(ARCHITECTURES)("$name: every topology that it can be is known", ({ topologies = [] }) => {
  const known = TOPOLOGIES.map(({ name }) => name);
  expect(topologies.filter((name) => !known.includes(name))).toEqual([]);
});

test("each has a configuration of its own, and no option of x86 is left in a foreign one", async () => {
  const hashes = new Set<string>();
  for (const arch of ARCHITECTURES) {
    if (fast === undefined) throw new Error("no build");
    const config = await readBuildConfig(findPackageDir(), fast, [], arch);
    hashes.add(config.hash);
    const foreign = [...config.required].filter(([symbol, value]) => {
      return value !== "n" && /^X86_64|^IA32|^ACPI_HMAT/.test(symbol);
    });
    expect(foreign.length > 0).toBe(arch.name === X86.name);
  }
  expect(hashes.size).toBe(ARCHITECTURES.length);
});

test.each(ARCHITECTURES)("$name: host and guest agree on where they meet", (arch) => {
  const name = arch.topologies?.[0] ?? "one-node";
  const topology = TOPOLOGIES.find((one) => one.name === name);
  if (topology === undefined) throw new Error(`no topology ${name}`);
  const sharedBytes = 16 * 2 ** 20;
  const args = qemuArgs({
    ...{ arch, vmlinux: "/k/vmlinux", initramfs: "/k/initramfs.cpio", topology, accel: "tcg" },
    ...{ sharedFile: "/run/shared.bin", sharedBytes, consoleFile: "/run/console.log" },
  });
  const cmdline = args[args.indexOf("-append") + 1] ?? "";
  const address = Number(/rfckit\.shm=(0x[0-9a-f]+)/.exec(cmdline)?.[1]);
  const limit = /\bmem=(\d+)M/.exec(cmdline)?.[1];
  // What mem= leaves to the kernel ends where the range begins.
  if (limit !== undefined) expect(arch.machine.ramBase + Number(limit) * 2 ** 20).toBe(address);
  else expect(cmdline).toContain(`$0x${address.toString(16)}`);
});
