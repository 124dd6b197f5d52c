import type { Machine } from "../machine.ts";
import { WARNING } from "../parse-run.ts";

/** Reports that what ends on the current line is followed by text without a blank line. */
export function warnUnindent(machine: Machine, what: string): void {
  const line = machine.lines.at(machine.offset + 1) ?? machine.line;
  const text = `${what} ends without a blank line; unexpected unindent`;
  machine.run.report(
    { level: WARNING, kind: "unexpected-unindent", text },
    machine.run.lineSpan(line),
  );
}
