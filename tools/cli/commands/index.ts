import type { CommandModule } from "../command.ts";
import { buildCommand } from "./build.ts";
import { completionCommand } from "./completion.ts";
import { doctorCommand } from "./doctor.ts";
import { explainCommand } from "./explain.ts";
import { kernelCommand } from "./kernel.ts";
import { lintCommand } from "./lint.ts";
import { readyCommand } from "./ready.ts";
import { reportCommand } from "./report.ts";
import { seriesCommand } from "./series.ts";
import { vectorsCommand } from "./vectors.ts";
import { verifyCommand } from "./verify.ts";

/** Every verb, in the order in which `--help` lists them. */
export const COMMANDS: readonly CommandModule[] = [
  readyCommand,
  reportCommand,
  explainCommand,
  doctorCommand,
  kernelCommand,
  seriesCommand,
  buildCommand,
  vectorsCommand,
  verifyCommand,
  lintCommand,
  completionCommand,
];
