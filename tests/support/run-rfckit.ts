import { main } from "../../tools/cli/main.ts";

/** The program from its sources, for tests that need a process on a terminal of its own. */
process.exitCode = await main(process.argv.slice(2));
