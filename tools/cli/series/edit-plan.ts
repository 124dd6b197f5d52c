import { readFile } from "node:fs/promises";
import { EXIT, type ExitCode, ToolError } from "../../lib/error.ts";
import { errnoOf } from "../../lib/fs/disk-space.ts";
import { writeFileAtomic } from "../../lib/fs/write-file-atomic.ts";
import { inspectChanges } from "../../lib/split/inspect-changes.ts";
import { proposePlan } from "../../lib/split/propose-plan.ts";
import { renderPlan } from "../../lib/split/render-plan.ts";
import type { CommandContext } from "../command.ts";
import { wantsScreen } from "../ready/gate-view.ts";
import type { OpenSplit } from "./open-split.ts";

/**
 * `rfckit series split RANGE --edit`: the plan on a screen, written to its file by a key.
 *
 * @throws ToolError `no-terminal` (user), and those of the plan
 */
export async function editPlan(opened: OpenSplit, context: CommandContext): Promise<ExitCode> {
  const { stream, keys } = requireTerminal(context);
  const files = await inspectChanges(opened);
  const found = await readIfThere(opened.planFile);
  const text = found ?? renderPlan(proposePlan(files, await opened.subject()));
  const { openPlanEditor } = await import("../tui/plan-editor.ts");
  const editor = openPlanEditor(text, opened.planFile, files, found === undefined);
  const { showPlanScreen } = await import("../tui/plan-screen.tsx");
  const useColor = context.env["NO_COLOR"] === undefined;
  let known = found;
  const last = await showPlanScreen({
    editor,
    stream,
    keys,
    useColor,
    signal: context.signal,
    async write(next) {
      if ((await readIfThere(opened.planFile)) !== known) {
        return "the file was changed by somebody else meanwhile, nothing was written";
      }
      await writeFileAtomic(opened.planFile, next);
      known = next;
      return undefined;
    },
  });
  context.signal.throwIfAborted();
  const { unassigned, problems } = last.tree;
  context.stdout(`${last.file}: ${unassigned} changes unassigned, ${problems.length} problems\n`);
  return unassigned + problems.length > 0 ? EXIT.findings : EXIT.ready;
}

function requireTerminal({ terminal, env }: CommandContext): {
  readonly stream: NodeJS.WriteStream;
  readonly keys: NodeJS.ReadStream;
} {
  if (terminal?.keys !== undefined && wantsScreen({ ...terminal, env })) {
    return { stream: terminal.stream, keys: terminal.keys };
  }
  throw new ToolError("the screen of a plan needs a terminal, without CI and with a TERM", {
    kind: "user",
    code: "no-terminal",
    hints: ["rfckit series split RANGE --list", "rfckit series split RANGE --propose FILE"],
  });
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
