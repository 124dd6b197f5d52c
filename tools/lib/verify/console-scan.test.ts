import { describe, expect, test } from "vitest";
import { scanConsole } from "./console-scan.ts";

describe("what a console says", () => {
  test("a plain boot says nothing", () => {
    const log = "[    0.1] mtrr: your CPUs had inconsistent settings\r\n[    0.2] ACPI: ready\r\n";
    const scan = scanConsole(log);
    expect(scan).toMatchObject({ splats: [], panicked: false, outOfMemory: false, excerpt: [] });
    expect(scan.lastLine).toBe("ACPI: ready");
  });

  test.each([
    "BUG: sleeping function called from invalid context at mm/hbf.c:1",
    "WARNING: CPU: 0 PID: 1 at mm/hbf.c:1 hbf_ioctl+0x1/0x2",
    "Oops: Oops: 0000 [#1] SMP",
    "refcount_t: underflow; use-after-free.",
    "BUG: KASAN: slab-out-of-bounds in hbf_ioctl+0x1/0x2",
    "WARNING: possible circular locking dependency detected",
    "INFO: task init:1 blocked for more than 20 seconds.",
    "syscall 16 left IRQs disabled: init exited with irqs disabled",
    "UBSAN: shift-out-of-bounds in mm/hbf.c:1:2",
    "rcu: INFO: rcu_sched self-detected stall on CPU",
    "general protection fault, probably for non-canonical address: 0000 [#1]",
    "list_add corruption. next->prev should be prev",
    "BUG: Bad page state in process init",
    "** 12 printk messages dropped **",
  ])("is a splat: %s", (line) => {
    expect(scanConsole(`[    1.234567] ${line}\n`).splats).toEqual([line]);
    expect(scanConsole(`[    1.234567][    T1] ${line}\n`).splats).toEqual([line]);
  });

  test.each([
    ["kasan", "BUG: KASAN: slab-use-after-free in hbf_ioctl+0x1/0x2"],
    ["kcsan", "BUG: KCSAN: data-race in hbf_ioctl / hbf_ioctl"],
    ["ubsan", "UBSAN: array-index-out-of-bounds in mm/hbf.c:1:2"],
    ["lockdep", "WARNING: possible circular locking dependency detected"],
    ["lockdep", "WARNING: possible recursive locking detected"],
    ["lockdep", "WARNING: bad unlock balance detected!"],
    ["lockdep", "WARNING: suspicious RCU usage"],
    ["lockdep", "INFO: trying to register non-static key."],
    ["refcount", "refcount_t: addition on 0; use-after-free."],
    ["hung-task", "INFO: task init:1 blocked for more than 8 seconds."],
    ["lockup", "watchdog: BUG: soft lockup - CPU#0 stuck for 5s! [init:1]"],
    ["leak", "unreferenced object 0xffff888003d0a000 (size 64):"],
    ["atomic-sleep", "BUG: sleeping function called from invalid context at mm/hbf.c:1"],
    ["atomic-sleep", "BUG: scheduling while atomic: init/1/0x00000002"],
    ["corruption", "list_del corruption. prev->next should be ffff888003d0a000"],
    ["corruption", "BUG: Bad page state in process init  pfn:00001"],
    ["warning", "WARNING: CPU: 0 PID: 1 at mm/hbf.c:1 hbf_ioctl+0x1/0x2"],
    ["bug", "kernel BUG at mm/hbf.c:1!"],
    ["bug", "Kernel BUG at hbf_ioctl+0x1/0x2 [verbose debug info unavailable]"],
    ["oops", "BUG: kernel NULL pointer dereference, address: 0000000000000024"],
    ["oops", "BUG: unable to handle page fault for address: ffffffffdeadbeef"],
    ["oops", "Oops: general protection fault, probably for non-canonical address"],
  ])("complains of %s: %s", (kind, line) => {
    expect(scanConsole(`[    1.234567] ${line}\n`).kind).toBe(kind);
  });

  test("a panic names the bug before it", () => {
    const log =
      "BUG: kernel NULL pointer dereference\nKernel panic - not syncing: Fatal exception\n";
    expect(scanConsole(log)).toMatchObject({
      panicked: true,
      cause: "BUG: kernel NULL pointer dereference",
    });
  });
});
