import type { CheckpatchFinding } from "../../tools/lib/checkpatch/parse-checkpatch.ts";
import {
  CHECKPATCH_FILES,
  CHECKPATCH_FLAGS,
  CODESPELL_DICTIONARY,
} from "../../tools/lib/checkpatch/run-checkpatch.ts";
import { ToolError } from "../../tools/lib/error.ts";
import { contentKey } from "../../tools/lib/fs/content-store.ts";
import { entriesOf, parseMaintainers } from "../../tools/lib/kernel/maintainers-file.ts";
import type { ReviewContext, ReviewedPatch } from "../context.ts";
import type { Check, CheckResult, Diagnostic } from "../contract.ts";
import { CHECKPATCH_CONTROL, CONTROL_FINDINGS } from "./t01-control.ts";

const ID = "t01-checkpatch";
const WHY = "the submit checklist asks that every checkpatch violation is fixed or justified";
const SEVERITY = { ERROR: "error", WARNING: "warning", CHECK: "info" } as const;

/** The kernel's own checkpatch, `--strict` and with spelling, finds nothing in any patch. */
export const t01Checkpatch: Check<ReviewContext> = {
  id: ID,
  title: "checkpatch --strict --codespell finds nothing that is not waived",
  why: WHY,
  source: "Documentation/process/submit-checklist.rst",
  cost: "seconds",
  page: {
    fix: "change what it names, or waive the type in patches/series.yaml with a reason and a name",
    bad: "if(a)",
    good: "if (a)",
  },
  async inputs({ keys, patches, waivers }) {
    return [
      ...CHECKPATCH_FLAGS,
      contentKey([CHECKPATCH_CONTROL]),
      await keys.systemFile(CODESPELL_DICTIONARY),
      ...(await Promise.all(CHECKPATCH_FILES.map((file) => keys.treeFile(file)))),
      ...patches.map((patch) => contentKey([patch.bytes])),
      JSON.stringify(waivers.filter((waiver) => waiver.check === ID)),
    ];
  },
  async run(context) {
    const inputs = context.patches.map(({ path, bytes }) => ({ file: path, bytes }));
    const [control, ...found] = await context.effects.checkpatch([
      { text: CHECKPATCH_CONTROL },
      ...inputs,
    ]);
    const blind = findBlindSpot(control?.findings ?? []);
    if (blind !== undefined) return blind;
    const isOwned = await readOwners(context);
    const all = context.patches.flatMap((patch, index) => {
      const { findings = [], command = "" } = found[index] ?? {};
      return findings
        .filter(({ type }) => type !== MOVED_FILES || !isOwned(patch))
        .map((finding) => ({ patch, finding, command }));
    });
    const waived = all.filter((one) => waiverFor(context, one) !== undefined);
    const open = all.filter((one) => waiverFor(context, one) === undefined);
    const counts = `${open.length} findings, ${waived.length} waived`;
    const summary = `${context.patches.length} patches, ${counts}`;
    const diagnostics = open.map(({ patch, finding, command }) =>
      diagnose(patch, finding, command),
    );
    if (open.length > 0) return { verdict: { kind: "fail" }, diagnostics, summary };
    const first = waived[0] === undefined ? undefined : waiverFor(context, waived[0]);
    return {
      verdict:
        first === undefined
          ? { kind: "pass" }
          : { kind: "waived", reason: first.reason, who: first.who },
      diagnostics: [],
      summary,
    };
  },
};

interface Found {
  readonly patch: ReviewedPatch;
  readonly finding: CheckpatchFinding;
}

/** A waiver covers its own type, and only the named file when it names one. */
function waiverFor({ waivers }: ReviewContext, { patch, finding }: Found) {
  return waivers.find(
    ({ check, type = finding.type, file }) =>
      check === ID &&
      type === finding.type &&
      (file === undefined || file === fileAt(patch, finding.line)),
  );
}

/** The file of the kernel tree that a line of a patch is about. */
function fileAt({ parsed: { files } }: ReviewedPatch, line: number): string | undefined {
  return files.findLast((file) => file.line <= line)?.path;
}

/** checkpatch asks this of every patch that adds, moves or removes a file. */
const MOVED_FILES = "FILE_PATH_CHANGES";
/** The lines of git between `diff --git` and the first hunk are no more. */
const HEAD_LINES = 8;
/** Entries that own whole folders, so that they say nothing of a new file. */
const CATCH_ALL: readonly string[] = ["THE REST", "MEMORY MANAGEMENT"];

/**
 * Whether MAINTAINERS, as the series leaves it, has an entry for every file that a patch adds or
 * moves and none for one that it deletes: then the question of checkpatch, which only looks whether
 * the patch changes MAINTAINERS, is answered. Without the tip it stays.
 */
async function readOwners({ effects }: ReviewContext): Promise<(patch: ReviewedPatch) => boolean> {
  const text = await effects.tipText("MAINTAINERS").catch(whenNoTip);
  const entries = parseMaintainers(text ?? "");
  const owners = (path: string): number =>
    entriesOf(path, entries).filter(({ title }) => !CATCH_ALL.includes(title)).length;
  const isNamed = (path: string): boolean =>
    entries.some(({ fields }) => fields.some(({ value }) => value === path));
  return ({ parsed: { files, lines } }) =>
    entries.length > 0 &&
    files.every(({ path, status, line }) => {
      if (status === "deleted") return !isNamed(path);
      const head = lines.slice(line, line + HEAD_LINES);
      const isMoved = head.some((text) => text.startsWith("rename to "));
      return (status === "modified" && !isMoved) || owners(path) > 0;
    });
}

function whenNoTip(error: unknown): undefined {
  if (error instanceof ToolError && error.kind === "environment") return undefined;
  throw error;
}

/** Looks for each seeded defect of the control; a result means that checkpatch is blind here. */
function findBlindSpot(findings: readonly CheckpatchFinding[]): CheckResult | undefined {
  const missed = CONTROL_FINDINGS.filter(
    (seeded) =>
      !findings.some(
        (found) => found.type === seeded.type && found.message.includes(seeded.contains),
      ),
  );
  if (missed.length === 0) return undefined;
  const packages = [...new Set(missed.map((seeded) => seeded.packages))].join(" ");
  const names = missed.map((seeded) => `${seeded.type} (${seeded.contains})`).join(", ");
  return {
    verdict: {
      kind: "not-run",
      missing: `checkpatch does not find seeded defects on this machine: ${names}`,
      howToGet: `sudo apt-get install -y ${packages}`,
    },
    diagnostics: [],
    summary: `${missed.length} of ${CONTROL_FINDINGS.length} seeded defects not found`,
  };
}

function diagnose(patch: ReviewedPatch, finding: CheckpatchFinding, command: string): Diagnostic {
  return {
    id: `${ID}/${finding.type}`,
    severity: SEVERITY[finding.level],
    what: finding.message,
    why: WHY,
    fix: {
      text: `change the commit and export the series, or waive ${finding.type} with a reason`,
      command,
    },
    place: {
      file: patch.file,
      line: finding.line,
      column: 1,
      patch: patch.position,
      commit: patch.commit,
    },
  };
}
