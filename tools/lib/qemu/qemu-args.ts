import type { NodeDef, Topology } from "../../../kernel-model/index.ts";
import { type MemoryMap, planMemory } from "./memory-map.ts";

/** How the guest's instructions are executed. */
export type Accel = "tcg" | "kvm";

/** Everything that decides the command line of one guest. */
export interface GuestRequest {
  /** Uncompressed ELF with a PVH note. */
  readonly vmlinux: string;
  readonly initramfs: string;
  readonly topology: Topology;
  /** File that backs the shared range; its size is the range's. */
  readonly sharedFile: string;
  readonly sharedBytes: number;
  /** File that receives the serial console. */
  readonly consoleFile: string;
  readonly accel: Accel;
  /** Bring all CPUs up, also where one would do. */
  readonly allCpus?: boolean;
  /** Seed of a machine whose every run is the same, bit for bit; undefined for one in real time. */
  readonly exactSeed?: number;
  /** Pipes of the monitor, without `.in` and `.out`; there is no monitor without them. */
  readonly monitor?: string;
  /** Whether the machine waits for a state to go on from, which the monitor names. */
  readonly incoming?: boolean;
  /** Words added to the kernel command line. */
  readonly cmdline?: readonly string[];
}

/** QEMU's program for x86-64. */
export const QEMU = "qemu-system-x86_64";

/** Exit status of QEMU when init left through the debug exit device with 0x10. */
export const DEBUG_EXIT_STATUS = (0x10 << 1) | 1;

/** The arguments of `qemu-system-x86_64` for one guest: no network, no defaults. */
export function qemuArgs(request: GuestRequest): string[] {
  const map = planMemory(request.topology, request.sharedBytes);
  return [
    ...["-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"],
    ...["-machine", machineOptions(request, map), "-accel", request.accel],
    ...["-cpu", request.accel === "kvm" ? "host" : "max"],
    ...["-smp", String(countCpus(request.topology)), "-m", `${map.totalBytes / 1024 ** 2}M`],
    ...numaArgs(request.topology),
    ...sharedArgs(request, map),
    ...["-device", "isa-debug-exit,iobase=0xf4,iosize=0x4"],
    ...["-serial", `file:${request.consoleFile}`],
    ...["-kernel", request.vmlinux, "-initrd", request.initramfs],
    ...["-append", kernelCmdline(request, map)],
    ...(request.exactSeed === undefined ? [] : exactArgs(request.exactSeed)),
    ...(request.monitor === undefined ? [] : monitorArgs(request.monitor)),
    ...(request.incoming === true ? ["-incoming", "defer"] : []),
  ];
}

/**
 * The kernel command line.
 *
 * Problem: `quiet` shows nothing below an error, and the first line of a WARN is a mere warning
 * (kernel/panic.c:__warn @ 6.12.117). `loglevel=5` lets it through and still hides the boot's talk.
 */
export function kernelCmdline(request: GuestRequest, map: MemoryMap): string {
  const bytes = map.sharedBytes.toString(16);
  const address = map.sharedAddress.toString(16);
  return [
    "console=ttyS0",
    "loglevel=5",
    "panic=-1",
    "oops=panic",
    "reboot=t",
    "watchdog_thresh=2",
    "sysctl.kernel.hung_task_timeout_secs=8",
    ...(request.allCpus !== true && hasCpusOnOneNode(request.topology) ? ["maxcpus=1"] : []),
    `memmap=0x${bytes}$0x${address}`,
    `rfckit.shm=0x${address},0x${bytes}`,
    ...(request.cmdline ?? []),
  ].join(" ");
}

/**
 * Time is the number of instructions executed, so two runs are the same to the bit, with several
 * CPUs too, which then take turns. Only the console is attached, and the shared range: a disk or
 * another device of the host would bring the host's time in.
 */
function exactArgs(seed: number): string[] {
  const clock = ["-rtc", "base=2020-01-01,clock=vm"];
  return ["-icount", "shift=4,sleep=off", ...clock, "-seed", String(seed)];
}

function monitorArgs(path: string): string[] {
  const pipe = `pipe,id=monitor,path=${path.replaceAll(",", ",,")}`;
  return ["-chardev", pipe, "-mon", "chardev=monitor,mode=control"];
}

function machineOptions(request: GuestRequest, map: MemoryMap): string {
  const low = `max-ram-below-4g=${map.lowBytes}`;
  return ["q35", low, ...(request.topology.hmat ? ["hmat=on"] : [])].join(",");
}

/**
 * Vectors are carried out by one task. A write to cpuset.mems waits for every CPU
 * (mm/swap.c:lru_cache_disable @ 6.12.117), which takes 7 ms with two virtual CPUs on a busy host
 * and 2 ms with one. With CPUs on several nodes all are needed, as they make a node top tier.
 */
function hasCpusOnOneNode(topology: Topology): boolean {
  return topology.nodes.filter((node) => node.cpus.length > 0).length === 1;
}

function countCpus(topology: Topology): number {
  return topology.nodes.reduce((sum, node) => sum + node.cpus.length, 0);
}

function numaArgs(topology: Topology): string[] {
  const nodes = topology.nodes.flatMap((node) => nodeArgs(node, topology));
  return topology.hmat ? [...nodes, ...topology.nodes.flatMap(latencyArgs)] : nodes;
}

function nodeArgs(node: NodeDef, topology: Topology): string[] {
  const words = [`node,nodeid=${node.nid}`, ...node.cpus.map((cpu) => `cpus=${cpu}`)];
  if (topology.hmat && node.cpus.length === 0) words.push(`initiator=${node.initiator}`);
  if (node.memoryMib === 0) return ["-numa", words.join(",")];
  const backend = `memory-backend-ram,id=m${node.nid},size=${node.memoryMib}M`;
  return ["-object", backend, "-numa", [...words, `memdev=m${node.nid}`].join(",")];
}

function latencyArgs(node: NodeDef): string[] {
  if (node.memoryMib === 0) return [];
  const to = `hmat-lb,initiator=${node.initiator},target=${node.nid},hierarchy=memory`;
  const { latencyNs, bandwidthMibPerSec } = node.performance;
  return [
    "-numa",
    `${to},data-type=access-latency,latency=${latencyNs}`,
    "-numa",
    `${to},data-type=access-bandwidth,bandwidth=${bandwidthMibPerSec}M`,
  ];
}

/**
 * The shared range as the memory of one more node. `memmap=` reserves all of it, so the guest's
 * kernel neither uses it nor counts it: to the vectors that node has no memory.
 */
function sharedArgs(request: GuestRequest, map: MemoryMap): string[] {
  const backend = `memory-backend-file,id=shm,mem-path=${request.sharedFile}`;
  return [
    "-object",
    `${backend},size=${map.sharedBytes},share=on`,
    "-numa",
    `node,nodeid=${map.sharedNid},memdev=shm`,
  ];
}
