import { type IoctlDef, ioctlNumber } from "../ioctl.ts";
import type { StructDef } from "../struct.ts";
import { HBF_IOC_CAPS } from "./caps.ts";
import { HBF_IOC_HINT } from "./hint.ts";
import { HBF_IOC_STATS } from "./stats.ts";

/** Every command of `/dev/hbfctl`, by number. A new one is a file and a line here. */
export const IOCTLS: readonly IoctlDef[] = [HBF_IOC_CAPS, HBF_IOC_HINT, HBF_IOC_STATS];

const STRUCT_OF: ReadonlyMap<number, StructDef> = new Map(
  IOCTLS.map((def) => [ioctlNumber(def), def.struct]),
);

/** The struct that people see in the argument of `cmd`: a hint where the number is not known. */
export function argumentStruct(cmd: number): StructDef {
  return STRUCT_OF.get(cmd) ?? HBF_IOC_HINT.struct;
}
