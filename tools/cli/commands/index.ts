import type { CommandModule } from "../command.ts";
import { doctorCommand } from "./doctor.ts";

/** Every verb, in the order in which `--help` lists them. */
export const COMMANDS: readonly CommandModule[] = [doctorCommand];
