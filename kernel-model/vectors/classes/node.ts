import { HINT_OP_NAMES } from "../../abi/hint-ops.ts";
import type { Machine } from "../../machine/params.ts";
import type { VectorClass } from "../class.ts";
import { specCalls, validSpec } from "../hint-spec.ts";

const NEAR = [-2, -1, 0, 1, 2, 3, 7, 8, 15, 16, 31, 32, 33, 62, 63, 64, 65];
const FAR = [-(2 ** 31), -(2 ** 31) + 1, -256, -128, -65, -64, -63, -33, -32, -31, -3];
const HIGH = [66, 127, 128, 255, 256, 511, 512, 1023, 1024, 65535, 65536, 2 ** 31 - 1];

/** Every kind of node id with every cpuset that the machine allows. */
export const NODE: VectorClass = {
  name: "node",
  title: "target_nid at every boundary, with every cpuset of one node",
  generate: ({ machine }) =>
    HINT_OP_NAMES.flatMap((op) =>
      [...NEAR, ...FAR, ...HIGH].flatMap((targetNid) =>
        cpusets(machine, targetNid).map((mems) => ({
          id: `node-${targetNid}${mems === null ? "" : `-mems-${mems}`}-${op}`,
          title: `${op}: target_nid ${targetNid}${mems === null ? "" : `, cpuset mask ${mems}`}`,
          calls: specCalls({ ...validSpec(op), targetNid, mems }),
        })),
      ),
    ),
};

/** The cpuset only matters for nodes that could be in it. */
function cpusets({ nodes, memoryNodes }: Machine, targetNid: number): readonly (number | null)[] {
  const single = nodes.flatMap(({ hasMemory }, nid) => (hasMemory ? [1 << nid] : []));
  const near = targetNid >= -1 && targetNid <= nodes.length;
  return near && single.length > 1 ? [null, ...single, memoryNodes] : [null];
}
