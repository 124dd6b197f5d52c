import type { IoctlDef } from "../ioctl.ts";
import { HBF_IOC_CAPS } from "./caps.ts";
import { HBF_IOC_HINT } from "./hint.ts";
import { HBF_IOC_STATS } from "./stats.ts";

/** Every command of `/dev/hbfctl`, by number. A new one is a file and a line here. */
export const IOCTLS: readonly IoctlDef[] = [HBF_IOC_CAPS, HBF_IOC_HINT, HBF_IOC_STATS];
