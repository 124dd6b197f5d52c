import type { VectorRequest } from "../../../kernel-model/index.ts";
import {
  createMachine,
  retargetVectors,
  type Topology,
  type VectorSet,
  type VectorSetName,
  vectorParts,
} from "../../../kernel-model/index.ts";
import type { Architecture } from "../arch/architecture.ts";
import { X86 } from "../arch/registry.ts";

/** How the vectors of another architecture differ from those that they were made from. */
export interface PlatformChanges {
  /** Vectors of which the model says something else there. */
  changed: number;
  /** Vectors about which it says nothing there, so that they are left out. */
  dropped: number;
}

/** What vectors are asked for. */
export interface VectorsFor {
  readonly set: VectorSetName;
  readonly arch: Architecture;
  readonly asked: VectorRequest & { readonly topology: Topology };
  /** Every n-th vector only, so that a slow machine is done in time; all unless told. */
  readonly sample?: number;
}

/** The parts of a set as they are for an architecture; `changes` is counted up on the way. */
export function* vectorsFor(
  { set, arch, asked, sample = 1 }: VectorsFor,
  changes: PlatformChanges,
): Generator<VectorSet> {
  const machine = createMachine(asked.topology, asked.stage, arch.platform);
  for (const part of vectorParts(set, asked)) {
    const vectors = part.vectors.filter((_, index) => index % sample === 0);
    if (arch.name === X86.name) {
      yield { ...part, vectors };
      continue;
    }
    const there = retargetVectors(vectors, machine);
    changes.changed += there.changed.length;
    changes.dropped += there.dropped.length;
    yield { ...part, vectors: there.vectors };
  }
}
