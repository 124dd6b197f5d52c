import type { CommandModule } from "../command.ts";

/** Every verb, in the order in which `--help` lists them. */
export const COMMANDS: readonly CommandModule[] = [];
