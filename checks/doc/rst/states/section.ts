import { normalizeName } from "../inline/escapes.ts";
import { parseInline } from "../inline/parse-inline.ts";
import type { Line } from "../lines/source-map.ts";
import { trimEnd } from "../lines/white-space.ts";
import { type Machine, type Outcome, STOP } from "../machine.ts";
import { element, SEVERE } from "../parse-run.ts";
import { parseNested } from "../run-machine.ts";
import { type Position, textOf } from "../tree.ts";

/**
 * A title was read: starts its section when it belongs into this one. Else the sections that it
 * does not belong to end, and the one that it does reads the title again.
 *
 * @param style the adornment, doubled when there is an overline
 */
export function startSection(
  machine: Machine,
  title: Line,
  style: string,
  position: Position,
): Outcome {
  const { run } = machine;
  const known = run.titleStyles.indexOf(style) + 1;
  if (known === 0 && run.titleStyles.length === run.sectionLevel) {
    run.titleStyles.push(style);
    return newSection(machine, title, style, position);
  }
  if (known > 0 && known <= run.sectionLevel) {
    run.sectionLevel = known;
    if (style.length === 2) run.bubblingUp = true;
    machine.previous(style.length + 1);
    return STOP;
  }
  if (known === run.sectionLevel + 1) return newSection(machine, title, style, position);
  const text = "the level of this title does not follow from those before";
  run.report({ level: SEVERE, kind: "title-level-inconsistent", text }, position);
  return "Body";
}

function newSection(machine: Machine, line: Line, style: string, position: Position): Outcome {
  const { run } = machine;
  const level = run.sectionLevel;
  run.sectionLevel++;
  const section = element("section", position);
  machine.append(section);
  const children = parseInline(run, [line], trimEnd(line.text).length).nodes;
  const title = element("title", run.lineSpan(line), { children, adornment: style });
  section.name = normalizeName(textOf(title));
  section.children.push(title);
  const nested = parseNested(machine, machine.rest(1), section, { matchTitles: true });
  machine.offset += 1 + nested.offset;
  if (run.sectionLevel <= level) return STOP;
  run.sectionLevel = level;
  return "Body";
}
