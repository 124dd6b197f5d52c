import { HBF_IOC_MAGIC, IOC_DIRECTION, type IoctlDef } from "../ioctl.ts";
import { HBF_CAPS } from "../structs/hbf_caps.ts";

/** `HBF_IOC_CAPS`: `_IOWR(0xBB, 0, 40 bytes)`, from stage v1 on. */
export const HBF_IOC_CAPS: IoctlDef = {
  name: "HBF_IOC_CAPS",
  type: HBF_IOC_MAGIC,
  nr: 0,
  direction: IOC_DIRECTION.readWrite,
  frozenSize: 40,
  struct: HBF_CAPS,
  since: "v1",
  needsWrite: false,
};
