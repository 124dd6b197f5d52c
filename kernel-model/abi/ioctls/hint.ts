import { HBF_IOC_MAGIC, IOC_DIRECTION, type IoctlDef } from "../ioctl.ts";
import { HBF_HINT } from "../structs/hbf_hint.ts";

/** `HBF_IOC_HINT`: `_IOWR(0xBB, 1, 64 bytes)`, from stage v1 on. */
export const HBF_IOC_HINT: IoctlDef = {
  name: "HBF_IOC_HINT",
  type: HBF_IOC_MAGIC,
  nr: 1,
  direction: IOC_DIRECTION.readWrite,
  frozenSize: 64,
  struct: HBF_HINT,
  since: "v1",
  needsWrite: true,
};
