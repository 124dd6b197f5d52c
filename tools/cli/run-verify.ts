import type { VerifyReport } from "../lib/verify/verify-report.ts";
import { type VerifyRequest, verifySeries } from "../lib/verify/verify-series.ts";
import type { CommandContext } from "./command.ts";
import { wantsScreen } from "./ready/gate-view.ts";
import type { GuestView } from "./tui/guest-board.tsx";
import type { PlannedRun } from "./verify-plan.ts";

/** What all runs of one command have in common. */
export type SharedRequest = Omit<
  VerifyRequest,
  "build" | "topology" | "arch" | "packageDir" | "env" | "signal" | "onProgress" | "onGuest"
>;

/**
 * Verifies one build on one machine after the other. On a terminal the guests are shown while they
 * run; a log gets lines.
 *
 * @param onReport told of each verdict as soon as it is there
 */
export async function runVerify(
  runs: readonly PlannedRun[],
  request: SharedRequest,
  context: CommandContext,
  onReport: (report: VerifyReport) => void,
): Promise<readonly VerifyReport[]> {
  const { packageDir, env, signal } = context;
  const reports: VerifyReport[] = [];
  for (const run of runs) {
    const view = await openView(context);
    try {
      const report = await verifySeries({
        ...{ ...request, ...run, packageDir, env, signal },
        ...(view !== undefined && { onGuest: view.onGuest }),
        onProgress: (line) => {
          if (view === undefined) context.stderr(`${line}\n`);
        },
      });
      reports.push(report);
    } finally {
      view?.close();
    }
    for (const report of reports.slice(-1)) onReport(report);
  }
  return reports;
}

async function openView({ terminal, env }: CommandContext): Promise<GuestView | undefined> {
  if (terminal === undefined || !wantsScreen({ ...terminal, env })) return undefined;
  const { openGuestBoard } = await import("./tui/guest-board.tsx");
  return openGuestBoard({ stream: terminal.stream, useColor: (env["NO_COLOR"] ?? "") === "" });
}
