import type { GateEntry } from "../../../checks/run-gate.ts";

/** What shows a running gate: a screen, or lines for a log. */
export interface GateView {
  onStart(check: { readonly id: string; readonly title: string }): void;
  /** What the running check does just now; one line. */
  onProgress(line: string): void;
  onEntry(entry: GateEntry): void;
  /** Takes the screen down; the report follows on standard output. */
  close(): void;
}

/** A view for logs and pipes: plain lines, no escape codes. */
export function createPlainView(print: (text: string) => void): GateView {
  return {
    onStart: (check) => print(`checking ${check.id}: ${check.title}\n`),
    onProgress: (line) => print(`  ${line}\n`),
    onEntry: () => {},
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
