import { HBF_IOC_MAGIC, IOC_DIRECTION, type IoctlDef } from "../ioctl.ts";
import { HBF_STATS } from "../structs/hbf_stats.ts";

/** `HBF_IOC_STATS`: `_IOWR(0xBB, 2, 264 bytes)`, from stage v2 on. */
export const HBF_IOC_STATS: IoctlDef = {
  name: "HBF_IOC_STATS",
  type: HBF_IOC_MAGIC,
  nr: 2,
  direction: IOC_DIRECTION.readWrite,
  frozenSize: 264,
  struct: HBF_STATS,
  since: "v2",
  needsWrite: false,
};
