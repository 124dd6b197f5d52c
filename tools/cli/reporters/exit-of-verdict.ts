import { EXIT, type ExitCode } from "../../lib/error.ts";
import type { GateReport } from "./gate-report.ts";

/** The exit code that each verdict of the gate ends with. */
export const EXIT_OF_VERDICT: Readonly<Record<GateReport["verdict"], ExitCode>> = {
  ready: EXIT.ready,
  clean: EXIT.ready,
  "ready-to-attest": EXIT.ready,
  "not-ready": EXIT.findings,
  "not-run": EXIT.couldNotRun,
  error: EXIT.infra,
};
