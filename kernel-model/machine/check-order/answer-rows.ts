import type { StructDef } from "../../abi/struct.ts";
import { HBF_CAPS, HBF_CAPS_SIZE_MIN } from "../../abi/structs/hbf_caps.ts";
import { HBF_STATS, HBF_STATS_SIZE_MIN } from "../../abi/structs/hbf_stats.ts";
import type { AnswerRow } from "../check-row.ts";
import { outputFaults, sizeFaults, tailFaults, tailNotZero } from "../usercopy.ts";

/** The order of checks of CAPS, with the step numbers of the equal steps of HINT. */
export const CAPS_ROWS = answerRows("caps", HBF_CAPS, {
  since: "v1",
  min: HBF_CAPS_SIZE_MIN,
  minHolds: "size and abi",
});

/** The order of checks of STATS: it has the rules of CAPS. */
export const STATS_ROWS = answerRows("stats", HBF_STATS, {
  since: "v2",
  min: HBF_STATS_SIZE_MIN,
  minHolds: "size and pad",
});

interface AnswerRules extends Pick<AnswerRow, "since"> {
  /** Bytes of the shortest argument. */
  readonly min: number;
  readonly minHolds: string;
}

function answerRows(name: string, def: StructDef, rules: AnswerRules): readonly AnswerRow[] {
  const { since, min, minHolds } = rules;
  const common = { phase: "answer", since, writes: false } as const;
  return [
    {
      ...common,
      step: 3,
      id: `${name}-size-faults`,
      condition: "reading size faults",
      errno: "EFAULT",
      source: "arch/x86/lib/getuser.S:__get_user_4",
      matches: sizeFaults,
    },
    {
      ...common,
      step: 4,
      id: `${name}-size-above-page`,
      condition: "size is greater than PAGE_SIZE",
      errno: "E2BIG",
      source: "include/linux/uaccess.h:copy_struct_from_user",
      matches: ({ size, pageSize }) => size > pageSize,
    },
    {
      ...common,
      step: 5,
      id: `${name}-size-below-min`,
      condition: `size is less than ${min}: it must hold ${minHolds}`,
      errno: "EINVAL",
      source: "include/linux/uaccess.h:copy_struct_from_user",
      matches: (request) => !sizeFaults(request) && request.size < min,
    },
    {
      ...common,
      step: 6,
      id: `${name}-tail-faults`,
      condition: `the tail beyond ${def.size} bytes faults, before any byte of it is not zero`,
      errno: "EFAULT",
      source: "lib/usercopy.c:check_zeroed_user",
      matches: tailFaults,
    },
    {
      ...common,
      step: 6,
      id: `${name}-tail-not-zero`,
      condition: `the tail beyond ${def.size} bytes is not zero, before any byte of it faults`,
      errno: "E2BIG",
      source: "lib/usercopy.c:check_zeroed_user",
      matches: tailNotZero,
    },
    {
      ...common,
      step: 22,
      id: `${name}-output-faults`,
      condition: `copying the answer, min(size, ${def.size}) bytes, faults`,
      errno: "EFAULT",
      source: "include/linux/uaccess.h:copy_to_user",
      matches: outputFaults,
      writes: true,
    },
  ];
}
