import { join } from "node:path";
import type { NodeDef, Topology } from "../../../kernel-model/index.ts";
import type { Architecture, MachineDef } from "../arch/architecture.ts";
import { DEBUG_EXIT_STATUS, X86 } from "../arch/registry.ts";
import { deviceArgs, machineWords, memoryWords } from "./memory-devices.ts";
import { isNamed, isRam, type MemoryMap, planMemory, ramAddress } from "./memory-map.ts";

const MIB = 1024 ** 2;
const DEBUG_EXIT = ["-device", "isa-debug-exit,iobase=0xf4,iosize=0x4"];

/** How the guest's instructions are executed. */
export type Accel = "tcg" | "kvm";

/** Everything that decides the command line of one guest. */
export interface GuestRequest {
  /** What kernel and machine are; x86-64 unless told. */
  readonly arch?: Architecture;
  /** For q35 an uncompressed ELF with a PVH note. */
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
  /** File of a second serial port, where host and guest share no memory. */
  readonly portFile?: string;
  /** Pipes of the monitor, without `.in` and `.out`; there is no monitor without them. */
  readonly monitor?: string;
  /** Whether the machine waits for a state to go on from, which the monitor names. */
  readonly incoming?: boolean;
  /** Where the memory of nodes that are there at boot is kept; QEMU's own unless given. */
  readonly memoryFiles?: MemoryFiles;
  /** Words added to the kernel command line. */
  readonly cmdline?: readonly string[];
}

/** Memory of a guest in files of a folder, one for each node. */
export interface MemoryFiles {
  readonly dir: string;
  /** `write`: what the guest writes is in the files. `read`: it begins with what they hold. */
  readonly use: "write" | "read";
}

/** The arguments of QEMU for one guest: no network, no defaults. */
export function qemuArgs(request: GuestRequest): string[] {
  const { machine } = request.arch ?? X86;
  const map = planMemory(request.topology, request.sharedBytes, machine);
  return [
    ...["-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"],
    ...["-machine", machineOptions(request, map), "-accel", request.accel],
    ...["-cpu", request.accel === "kvm" ? "host" : machine.cpu],
    ...["-smp", cpuWords(request.topology), "-m", memoryWords(request.topology, map)],
    ...(machine.shared === "end-of-memory" ? [] : numaArgs(request)),
    ...sharedArgs(request, map, machine),
    ...deviceArgs(request.topology),
    ...(machine.doneStatus === DEBUG_EXIT_STATUS ? DEBUG_EXIT : []),
    ...["-serial", `file:${request.consoleFile}`],
    ...(request.portFile === undefined ? [] : ["-serial", `file:${request.portFile}`]),
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
  const { machine } = request.arch ?? X86;
  const bytes = map.sharedBytes.toString(16);
  const address = map.sharedAddress.toString(16);
  return [
    `console=${machine.console}`,
    "loglevel=5",
    "panic=-1",
    "oops=panic",
    ...(machine.shared === "reserved-node" ? ["reboot=t"] : []),
    "watchdog_thresh=2",
    "sysctl.kernel.hung_task_timeout_secs=8",
    ...(request.allCpus !== true && hasCpusOnOneNode(request.topology) ? ["maxcpus=1"] : []),
    machine.shared === "reserved-node"
      ? `memmap=0x${bytes}$0x${address}`
      : `mem=${(map.totalBytes - map.sharedBytes) / MIB}M`,
    `rfckit.shm=0x${address},0x${bytes}`,
    ...(request.portFile === undefined ? [] : ["rfckit.port=ttyS1"]),
    ...hotplugWords(request.topology),
    ...(request.cmdline ?? []),
  ].join(" ");
}

/**
 * Memory that comes late is for movable pages only, so that the kernel's own stay on node 0. A
 * soft-reserved range is one of type RAM that gets another type: memmap= of
 * Documentation/admin-guide/kernel-parameters.txt @ 6.12.117.
 */
function hotplugWords(topology: Topology): string[] {
  if (topology.fragments === undefined) return [];
  const reserved = topology.nodes.filter(({ via }) => via === "soft-reserved");
  return [
    "memhp_default_state=online_movable",
    ...reserved.map(({ nid, memoryMib }) => {
      const address = ramAddress(topology, nid).toString(16);
      return `memmap=${memoryMib}M%0x${address}-1+0xefffffff`;
    }),
  ];
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
  const { machine, shared } = (request.arch ?? X86).machine;
  if (shared === "end-of-memory") return `${machine},memory-backend=shm`;
  if (shared === "node-behind") return machine;
  const low = `max-ram-below-4g=${map.lowBytes}`;
  const hmat = request.topology.hmat ? ["hmat=on"] : [];
  return [machine, low, ...hmat, ...machineWords(request.topology)].join(",");
}

/**
 * Vectors are carried out by one task. A write to cpuset.mems waits for every CPU
 * (mm/swap.c:lru_cache_disable @ 6.12.117), which takes 7 ms with two virtual CPUs on a busy host
 * and 2 ms with one. With CPUs on several nodes all are needed, as they make a node top tier; but
 * one without memory is in no tier, and online whether its CPU is or not
 * (arch/x86/mm/numa.c:init_cpu_to_node @ 6.12.117).
 */
function hasCpusOnOneNode({ nodes }: Topology): boolean {
  return nodes.filter(({ cpus, memoryMib }) => cpus.length > 0 && memoryMib > 0).length === 1;
}

/**
 * CPUs of several nodes are sockets of their own: the kernel warns of a cache that nodes share
 * (arch/x86/kernel/smpboot.c:topology_sane @ 6.12.117).
 */
function cpuWords(topology: Topology): string {
  const count = topology.nodes.reduce((sum, node) => sum + node.cpus.length, 0);
  const nodes = topology.nodes.filter(({ cpus }) => cpus.length > 0).length;
  return nodes === 1 ? String(count) : `${count},sockets=${count}`;
}

function numaArgs({ topology, memoryFiles }: GuestRequest): string[] {
  const named = topology.nodes.filter(isNamed);
  const nodes = named.flatMap((node) => nodeArgs(node, topology, memoryFiles));
  return topology.hmat ? [...nodes, ...named.flatMap(latencyArgs)] : nodes;
}

function nodeArgs(node: NodeDef, topology: Topology, files: MemoryFiles | undefined): string[] {
  const words = [`node,nodeid=${node.nid}`, ...node.cpus.map((cpu) => `cpus=${cpu}`)];
  if (topology.hmat && node.cpus.length === 0) words.push(`initiator=${node.initiator}`);
  if (node.memoryMib === 0 || !isRam(node)) return ["-numa", words.join(",")];
  const object = ["-object", backendOf(node, files)];
  return [...object, "-numa", [...words, `memdev=m${node.nid}`].join(",")];
}

function backendOf({ nid, memoryMib }: NodeDef, files: MemoryFiles | undefined): string {
  const words = `id=m${nid},size=${memoryMib}M`;
  if (files === undefined) return `memory-backend-ram,${words}`;
  const path = join(files.dir, `memory-${nid}`).replaceAll(",", ",,");
  const share = files.use === "write" ? "on" : "off";
  return `memory-backend-file,${words},mem-path=${path},share=${share}`;
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
function sharedArgs(request: GuestRequest, map: MemoryMap, { shared }: MachineDef): string[] {
  const backend = `memory-backend-file,id=shm,mem-path=${request.sharedFile}`;
  if (shared === "end-of-memory") return ["-object", `${backend},size=${map.totalBytes},share=on`];
  const isShared = request.portFile === undefined;
  return [
    "-object",
    isShared
      ? `${backend},size=${map.sharedBytes},share=on`
      : `memory-backend-ram,id=shm,size=${map.sharedBytes}`,
    "-numa",
    `node,nodeid=${map.sharedNid},memdev=shm`,
  ];
}
