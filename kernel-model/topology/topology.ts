/** Access performance of a node as its initiator sees it. */
export interface NodePerformance {
  /** Nanoseconds. */
  readonly latencyNs: number;
  /** MiB per second. */
  readonly bandwidthMibPerSec: number;
}

/**
 * - `ram`: there from the start
 * - `soft-reserved`: RAM that `memmap=%` makes soft-reserved, which dax_hmem and kmem take up
 * - `nvdimm`: a namespace that becomes a DAX device, which kmem takes up
 * - `pc-dimm`: plugged in while the guest runs, so that HMAT is known before it
 * - `virtio-mem`: plugged in block by block by the guest's driver
 * - `cxl`: a persistent Type-3 device, whose region becomes a DAX device, which kmem takes up
 */
export type NodeOrigin = "ram" | "soft-reserved" | "nvdimm" | "pc-dimm" | "virtio-mem" | "cxl";

/**
 * One thing that init does before it looks at the nodes. `$NAME` in a path or a text is what was
 * read under that name.
 */
export type SetupStep =
  | { readonly read: string; readonly path: string }
  | { readonly write: string; readonly path: string }
  /** Until the first line of the file is that. */
  | { readonly wait: string; readonly path: string };

/**
 * One NUMA node of the machine under test. Memory that comes late has a number behind that of the
 * range that host and guest share: the kernel numbers nodes in the order in which the firmware
 * names those with memory (drivers/acpi/numa/srat.c:acpi_map_pxm_to_node @ 6.12.117).
 */
export interface NodeDef {
  readonly nid: number;
  /** MiB; 0 makes it memoryless. */
  readonly memoryMib: number;
  /** CPU numbers; empty for a memory-only node. */
  readonly cpus: readonly number[];
  /** The nearest node with CPUs, for HMAT. */
  readonly initiator: number;
  /** How the memory gets into the machine; RAM unless told. */
  readonly via?: NodeOrigin;
  /** Told to the guest by HMAT when the topology has it. */
  readonly performance: NodePerformance;
}

/** A machine to boot: nodes and how they perform. */
export interface Topology {
  /** Equal to the file name. */
  readonly name: string;
  /** One line for people. */
  readonly title: string;
  /** Whether the firmware passes an HMAT: without one a memory-only node gets no lower tier. */
  readonly hmat: boolean;
  readonly nodes: readonly NodeDef[];
  /** Fragments of the kernel's configuration that it needs besides. */
  readonly fragments?: readonly string[];
  /** What init does, in order. */
  readonly setup?: readonly SetupStep[];
  /** The first QEMU that can be this machine, with the reason; any unless told. */
  readonly needsQemu?: { readonly version: string; readonly why: string };
}
