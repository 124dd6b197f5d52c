import { HINT_OP_NAMES } from "../../abi/hint-ops.ts";
import { IOCTL_RELATIVE } from "../../machine/calls.ts";
import { PROCESS_REGIONS } from "../../machine/process-regions.ts";
import type { VectorClass } from "../class.ts";
import { hintOf, openDevice } from "../hint-at.ts";
import { validSpec } from "../hint-spec.ts";
import { isModelled } from "../run-model.ts";
import type { VectorDraft } from "../vector.ts";

/** Hints about what the kernel itself has mapped for a process, also one of 32 bits. */
export const REGION: VectorClass = {
  name: "region",
  title: "the data and the code of the vDSO, and the stack",
  generate: ({ machine }) => drafts().filter(({ calls }) => isModelled(machine, calls)),
};

function drafts(): readonly VectorDraft[] {
  return [64, 32].flatMap((bits) =>
    Object.entries(PROCESS_REGIONS).flatMap(([region, number]) =>
      HINT_OP_NAMES.map((op) => ({
        id: `region-${region}-${op}-${bits}`,
        title: `${op} on the ${region} of a program of ${bits} bits`,
        calls: [
          ...(bits === 64 ? [] : ([{ op: "fork" }, { op: "exec", bits }] as const)),
          openDevice(0),
          {
            ...hintOf(0, { ...validSpec(op), start: 0n, len: 4096n }),
            flags: IOCTL_RELATIVE,
            pointer: BigInt(number),
          },
        ],
      })),
    ),
  );
}
