import type { GateEntry } from "../../../checks/run-gate.ts";

/** What shows a running gate: a screen, or lines for a log. */
export interface GateView {
  onStart(check: { readonly id: string; readonly title: string }): void;
  /** What the running check does just now; one line. */
  onProgress(line: string): void;
  onEntry(entry: GateEntry): void;
  /**
   * The run is through. A screen on which something needs attention, or on which keys were pressed,
   * stays until a person leaves it, who may ask for more.
   */
  linger(isGood: boolean, actions: GateActions): Promise<void>;
  /** Takes the screen down; the report follows on standard output. */
  close(): void;
}

/** What a person at the screen may ask for; both tell the view what came of it. */
export interface GateActions {
  /** Runs a check again, whatever is remembered of it. */
  again(id: string): Promise<void>;
  /** Waives the findings of a check in `patches/series.yaml`, and runs it again. */
  waive(id: string, reason: string): Promise<void>;
}

/** A view for logs and pipes: plain lines, no escape codes. */
export function createPlainView(print: (text: string) => void): GateView {
  return {
    onStart: (check) => print(`checking ${check.id}: ${check.title}\n`),
    onProgress: (line) => print(`  ${line}\n`),
    onEntry: () => {},
    linger: async () => {},
    close: () => {},
  };
}

/** What decides whether a screen may be drawn. */
export interface TerminalFacts {
  readonly stdoutIsTty: boolean;
  readonly stderrIsTty: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Whether to draw a screen: a real terminal on both streams, no CI, and not a dumb one. */
export function wantsScreen({ stdoutIsTty, stderrIsTty, env }: TerminalFacts): boolean {
  const isCi = env["CI"] !== undefined && env["CI"] !== "" && env["CI"] !== "false";
  return stdoutIsTty && stderrIsTty && !isCi && env["TERM"] !== "dumb";
}
