import { isSince, type Stage } from "../../abi/stage.ts";
import type { VectorClass } from "../class.ts";
import { BITS } from "./bits.ts";
import { CAPS } from "./caps.ts";
import { COMMAND } from "./command.ts";
import { COMPAT } from "./compat.ts";
import { COUNTED } from "./counted.ts";
import { FILE } from "./file.ts";
import { FORKED } from "./forked.ts";
import { HELD } from "./held.ts";
import { HUGE } from "./huge.ts";
import { LAYOUT } from "./layout.ts";
import { MAPPING } from "./mapping.ts";
import { MAPPING_WALK } from "./mapping-walk.ts";
import { MIXED } from "./mixed.ts";
import { NODE } from "./node.ts";
import { OP } from "./op.ts";
import { OTHER } from "./other.ts";
import { PAGE_WALK } from "./page-walk.ts";
import { PAGES } from "./pages.ts";
import { PAIR } from "./pair.ts";
import { POINTER } from "./pointer.ts";
import { PROCESS } from "./process.ts";
import { RANGE } from "./range.ts";
import { REGION } from "./region.ts";
import { SINGLE } from "./single.ts";
import { SIZE } from "./size.ts";
import { STATS } from "./stats.ts";
import { TAIL } from "./tail.ts";
import { SUMS } from "./totals.ts";
import { TRACED } from "./traced.ts";
import { TWAY } from "./tway.ts";
import { VMA } from "./vma.ts";
import { WALK } from "./walk.ts";

/** Every class, in the order in which equal programs keep the first one's id. */
export const VECTOR_CLASSES: readonly VectorClass[] = [
  SINGLE,
  PAIR,
  FILE,
  COMMAND,
  CAPS,
  STATS,
  POINTER,
  SIZE,
  TAIL,
  BITS,
  OP,
  RANGE,
  NODE,
  VMA,
  TWAY,
  LAYOUT,
  MIXED,
  COUNTED,
  WALK,
  OTHER,
  REGION,
  MAPPING,
  MAPPING_WALK,
  PROCESS,
  COMPAT,
  SUMS,
  TRACED,
  PAGES,
  HUGE,
  FORKED,
  HELD,
  PAGE_WALK,
];

/** The classes that a kernel of `stage` can be tested with. */
export function classesOfStage(stage: Stage): readonly VectorClass[] {
  return VECTOR_CLASSES.filter(({ since = "v1" }) => isSince(stage, since));
}
