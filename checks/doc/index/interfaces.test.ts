import { expect, test } from "vitest";
import { findPaths, findSysctls, openInterfaces } from "./interfaces.ts";
import { openMembers } from "./toctrees.ts";

test("paths of /sys and /proc are found in text, with their places for any", () => {
  const text = "in /sys/class/net/<iface>/mtu, /proc/<pid>/maps. Not /usr/proc/x or a/sys/b.";
  expect(findPaths(text)).toEqual([
    { path: "/sys/class/net/<iface>/mtu", at: 3 },
    { path: "/proc/<pid>/maps", at: 31 },
  ]);
});

test("titles of the sysctl documents are paths below /proc/sys", () => {
  const text = "swappiness\n==========\n\ntext\n\nmin_x & max_x\n-------------\n";
  expect(findSysctls("Documentation/admin-guide/sysctl/vm.rst", text)).toEqual([
    "/proc/sys/vm/swappiness",
    "/proc/sys/vm/min_x",
    "/proc/sys/vm/max_x",
  ]);
  expect(findSysctls("Documentation/admin-guide/other.rst", text)).toEqual([]);
});

test("a path is documented when it, or one with a place for any, or one below is", () => {
  const { isDocumented } = openInterfaces([
    "/sys/kernel/mm/ksm/run",
    "/sys/kernel/mm/ksm/sleep",
    "/sys/class/net/<iface>/mtu",
    "/sys/class/net/<iface>/speed",
    "/sys/kernel/mm/*",
  ]);
  expect(isDocumented("/sys/kernel/mm/ksm")).toBe(true);
  expect(isDocumented("/sys/kernel/mm/ksm/gone")).toBe(false);
  expect(isDocumented("/sys/class/net/eth0/mtu")).toBe(true);
  expect(isDocumented("/sys/class/net/eth0/gone")).toBe(false);
  // Nothing tells what this directory has.
  expect(isDocumented("/sys/kernel/other/thing")).toBe(true);
});

test("patterns of a toctree do not cross a slash", () => {
  const isMember = openMembers(["Documentation/a/*.rst", "Documentation/b.rst"]);
  expect(isMember("Documentation/a/x.rst")).toBe(true);
  expect(isMember("Documentation/a/x/y.rst")).toBe(false);
  expect(isMember("Documentation/b.rst")).toBe(true);
});
