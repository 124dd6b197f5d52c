import type { Platform } from "../../../kernel-model/index.ts";

/** How a kernel and its runner are made for an architecture, and what QEMU boots them on. */
export interface Architecture {
  readonly name: string;
  /** One line for people. */
  readonly title: string;
  readonly platform: Platform;
  /** Settings of make; none for what this machine's compiler makes by itself. */
  readonly makeVariables: readonly string[];
  /** In front of `gcc` and `ld`. */
  readonly toolPrefix: string;
  /** Debian packages that hold compiler and QEMU, beside those that every run needs. */
  readonly packages: readonly string[];
  /** What the compiler of the runner is told besides. */
  readonly runnerFlags: readonly string[];
  /** Fragments of the kernel's configuration that overrule the common ones. */
  readonly overlay: readonly string[];
  /** Folder below `arch/` of the kernel. */
  readonly sourceDir: string;
  /** File of the object folder that QEMU boots; undefined: as the build says. */
  readonly image?: string;
  readonly machine: MachineDef;
  /** The only topologies that this machine can be; undefined: all. */
  readonly topologies?: readonly string[];
}

/** The part of QEMU's command line that is the architecture's. */
export interface MachineDef {
  /** QEMU's program. */
  readonly program: string;
  readonly cpu: string;
  /** Of `-machine`. */
  readonly machine: string;
  /**
   * How host and guest share memory: the last node, which `memmap=` reserves; the last node, which
   * lies behind what `mem=` leaves to the kernel; or the end of the only memory there is.
   */
  readonly shared: "reserved-node" | "node-behind" | "end-of-memory";
  /** Physical address of the first byte of RAM. */
  readonly ramBase: number;
  /** Of the kernel's console. */
  readonly console: string;
  /** Exit status of QEMU after init has left; a power off is the only way out of most. */
  readonly doneStatus: number;
}
