import type { Machine, Outcome } from "../machine.ts";
import { element } from "../parse-run.ts";
import { parseFollowing } from "../run-machine.ts";
import { leaveList } from "../states/body.ts";
import { warnUnindent } from "../states/unindent.ts";
import { listItem } from "./list-item.ts";

/** The first item of a bullet list. */
export function startBulletList(machine: Machine, markerEnd: number): Outcome {
  const { run, line } = machine;
  const list = element("bullet_list", run.lineSpan(line), { marker: line.text.charAt(0) });
  machine.append(list);
  list.children.push(listItem(machine, markerEnd));
  if (!parseFollowing(machine, list, "BulletList", machine.blankFinish)) {
    warnUnindent(machine, "bullet list");
  }
  machine.context = [];
  return "Body";
}

/** A further item; another bullet starts another list. */
export function bulletItem(machine: Machine, markerEnd: number): Outcome {
  if (machine.text.charAt(0) !== machine.node.marker) return leaveList(machine);
  machine.append(listItem(machine, markerEnd));
  return "BulletList";
}
