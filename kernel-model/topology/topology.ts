/** Access performance of a node as its initiator sees it. */
export interface NodePerformance {
  /** Nanoseconds. */
  readonly latencyNs: number;
  /** MiB per second. */
  readonly bandwidthMibPerSec: number;
}

/** One NUMA node of the machine under test. */
export interface NodeDef {
  readonly nid: number;
  /** MiB; 0 makes it memoryless. */
  readonly memoryMib: number;
  /** CPU numbers; empty for a memory-only node. */
  readonly cpus: readonly number[];
  /** The nearest node with CPUs, for HMAT. */
  readonly initiator: number;
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
}
