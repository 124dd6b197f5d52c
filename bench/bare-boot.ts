import { join } from "node:path";
import { run } from "../tools/lib/proc/run.ts";

/** What QEMU boots. */
export const VMLINUX = "vmlinux";
const LIMIT_MS = 60_000;

/** Seconds of a boot without a shared range: init gives up at once, what is left is the boot. */
export async function bareBoot(vmlinux: string, initramfs: string, dir: string): Promise<number> {
  const machine = ["-machine", "q35", "-accel", "tcg", "-cpu", "max", "-m", "512M"];
  const quiet = ["-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"];
  const exit = ["-device", "isa-debug-exit,iobase=0xf4,iosize=0x4"];
  const files = ["-kernel", vmlinux, "-initrd", initramfs, "-serial", `file:${join(dir, "log")}`];
  const append = ["-append", "console=ttyS0 panic=-1 reboot=t"];
  const args = [...machine, ...quiet, ...exit, ...files, ...append];
  const { durationMs } = await run({ file: "qemu-system-x86_64", args, timeoutMs: LIMIT_MS });
  return durationMs / 1000;
}
