import { ToolError } from "../error.ts";

/** How grave checkpatch holds a finding to be. */
export type CheckpatchLevel = "ERROR" | "WARNING" | "CHECK";

/** One finding, at a line of the patch file that was read. */
export interface CheckpatchFinding {
  /** 1-based line in the patch file. */
  readonly line: number;
  readonly level: CheckpatchLevel;
  /** Such as `TRAILING_WHITESPACE`; waivers name this. */
  readonly type: string;
  readonly message: string;
}

const FINDING = /^(.*?):(\d+): (ERROR|WARNING|CHECK):([A-Z0-9_]+): (.*)$/;

/** A finding with the file that checkpatch was given. */
export interface LocatedFinding extends CheckpatchFinding {
  readonly file: string;
}

/**
 * Reads the output of `checkpatch.pl --terse --show-types --no-summary`.
 *
 * Source: scripts/checkpatch.pl:report @ 6.12.117
 *
 * @throws ToolError `checkpatch-garbage` (infra) on a line that is no finding: output that is not
 * understood must not count as silence.
 */
export function parseCheckpatch(output: string): LocatedFinding[] {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    const match = FINDING.exec(line);
    if (match === null) throw garbage(line);
    const [, file = "", number = "", level = "", type = "", message = ""] = match;
    return { file, line: Number(number), level: level as CheckpatchLevel, type, message };
  });
}

function garbage(line: string): ToolError {
  return new ToolError(`checkpatch printed a line that is no finding: '${line.slice(0, 120)}'`, {
    kind: "infra",
    code: "checkpatch-garbage",
    hints: ["run the command of the report by hand and look at its output"],
  });
}
