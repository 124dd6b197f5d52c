import { type Machine, type Outcome, RETRY_AS_TEXT } from "../machine.ts";
import { element, INFO } from "../parse-run.ts";
import { parseFollowing } from "../run-machine.ts";
import { leaveList } from "../states/body.ts";
import { warnUnindent } from "../states/unindent.ts";
import { isListItem, readEnumerator } from "./enumerator.ts";
import { listItem } from "./list-item.ts";

/** The first item of an enumerated list, or a text that looks like one. */
export function startEnumeratedList(machine: Machine, markerEnd: number): Outcome {
  const { run, line } = machine;
  const enumerator = readEnumerator(line.text);
  const { format, sequence, ordinal } = enumerator;
  if (!isListItem(enumerator, nextLine(machine)) || ordinal === undefined) return RETRY_AS_TEXT;
  const list = element("enumerated_list", run.lineSpan(line), {
    marker: sequence === "#" ? "arabic" : sequence,
  });
  machine.append(list);
  if (ordinal !== 1) {
    list.start = ordinal;
    const text = `the list starts with '${enumerator.text}', not with the first number`;
    run.report({ level: INFO, kind: "list-start", text }, run.lineSpan(line, 0, markerEnd));
  }
  list.children.push(listItem(machine, markerEnd));
  const finished = parseFollowing(machine, list, "EnumeratedList", machine.blankFinish, {
    prepare: (nested) => {
      nested.enumeration = { lastOrdinal: ordinal, format, auto: sequence === "#" };
    },
  });
  if (!finished) warnUnindent(machine, "enumerated list");
  machine.context = [];
  return "Body";
}

/** A further item: the next number in the same format, or `#`. */
export function enumeratedItem(machine: Machine, markerEnd: number): Outcome {
  const { enumeration, node, line } = machine;
  if (enumeration === undefined) return leaveList(machine);
  const enumerator = readEnumerator(line.text, node.marker);
  const { sequence, ordinal, format } = enumerator;
  const follows =
    sequence === "#" ||
    (sequence === node.marker && !enumeration.auto && ordinal === enumeration.lastOrdinal + 1);
  if (
    format.name !== enumeration.format.name ||
    !follows ||
    !isListItem(enumerator, nextLine(machine))
  ) {
    return leaveList(machine);
  }
  if (sequence === "#") enumeration.auto = true;
  machine.append(listItem(machine, markerEnd));
  enumeration.lastOrdinal = ordinal ?? 0;
  return "EnumeratedList";
}

function nextLine(machine: Machine): string | undefined {
  return machine.lines.at(machine.offset + 1)?.text;
}
