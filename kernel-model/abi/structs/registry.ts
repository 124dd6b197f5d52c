import type { StructDef } from "../struct.ts";
import { HBF_CAPS } from "./hbf_caps.ts";
import { HBF_HINT } from "./hbf_hint.ts";
import { HBF_STATS, HBF_STATS_OP } from "./hbf_stats.ts";

/** Every struct of the UAPI header, parts before wholes. A new one is a file and a line here. */
export const STRUCTS: readonly StructDef[] = [HBF_HINT, HBF_CAPS, HBF_STATS_OP, HBF_STATS];
