import { availableParallelism, freemem } from "node:os";
import type { Topology } from "../../../kernel-model/index.ts";
import { countGuests } from "./run-shares.ts";

/** How many guests run at once: what was asked for, or what this machine allows. */
export function guestsFor(wish: number | "auto", topology: Topology, nrVectors: number): number {
  if (wish !== "auto") return wish;
  const mib = topology.nodes.reduce((sum, node) => sum + node.memoryMib, 0);
  const room = { cores: availableParallelism(), freeBytes: freemem() };
  return countGuests({ ...room, guestBytes: mib * 1024 ** 2, nrVectors });
}
