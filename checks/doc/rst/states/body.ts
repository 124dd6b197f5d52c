import { parseExplicitConstruct } from "../explicit/construct.ts";
import { parseAnonymousTarget } from "../explicit/target.ts";
import { bulletItem, startBulletList } from "../lists/bullet.ts";
import { enumeratedItem, startEnumeratedList } from "../lists/enumerated.ts";
import { addField, startFieldList } from "../lists/field.ts";
import { addLine, startLineBlock } from "../lists/line-block.ts";
import { addOption, startOptionList } from "../lists/option.ts";
import { type Machine, type Outcome, RETRY_AS_TEXT, STOP, type StateName } from "../machine.ts";
import { element, INFO, SEVERE } from "../parse-run.ts";
import { parseFollowing } from "../run-machine.ts";
import { parseTable } from "../tables/parse-table.ts";
import { blockQuotes } from "./block-quote.ts";
import { type BodyKind, classify } from "./patterns.ts";
import { warnUnindent } from "./unindent.ts";

/** What each list takes as its next item. Everything else ends it. */
const NEXT_ITEM: Partial<Record<StateName, Partial<Record<BodyKind, ItemHandler>>>> = {
  BulletList: { bullet: bulletItem },
  EnumeratedList: { enumerator: enumeratedItem },
  FieldList: { fieldMarker: addField },
  OptionList: { optionMarker: addOption },
  LineBlock: { lineBlock: addLine },
  Explicit: {
    explicit: (machine, end) => {
      machine.blankFinish = parseExplicitConstruct(machine, end);
      return "Explicit";
    },
    anonymous: (machine, end) => {
      machine.blankFinish = parseAnonymousTarget(machine, end);
      return "Explicit";
    },
  },
};

/** States that a blank line ends. */
const ENDED_BY_BLANK: readonly StateName[] = ["LineBlock", "Explicit"];

type ItemHandler = (machine: Machine, markerEnd: number) => Outcome;

/** One line in the body or in a list that may go on. */
export function stepBody(machine: Machine, state: StateName, asText: boolean): Outcome {
  const { text } = machine;
  if (state === "Body") return asText ? holdText(machine) : stepPlainBody(machine, text);
  if (text === "" && !asText && !ENDED_BY_BLANK.includes(state)) return state;
  if (text !== "" && text[0] !== " ") {
    const { kind, end } = asText ? { kind: "text" as const, end: 0 } : classify(text);
    if (state === "DefinitionList" && kind === "text") {
      machine.context = [machine.line];
      return "Definition";
    }
    const handler = NEXT_ITEM[state]?.[kind];
    if (handler !== undefined) return handler(machine, end);
  }
  return leaveList(machine);
}

/** Ends a list before the current line. */
export function leaveList(machine: Machine): Outcome {
  machine.previous();
  return STOP;
}

function stepPlainBody(machine: Machine, text: string): Outcome {
  if (text === "") return "Body";
  if (text[0] === " ") return blockQuotes(machine);
  const { kind, end } = classify(text);
  return BODY_HANDLERS[kind](machine, end);
}

const BODY_HANDLERS: Record<BodyKind, ItemHandler> = {
  bullet: startBulletList,
  enumerator: startEnumeratedList,
  fieldMarker: startFieldList,
  optionMarker: startOptionList,
  doctest: (machine) => {
    const { block } = machine.textBlock(false);
    const position = machine.run.blockSpan(block);
    if (position !== undefined) {
      machine.append(element("doctest_block", position, { value: block.join() }));
    }
    return body(machine);
  },
  lineBlock: startLineBlock,
  gridTable: (machine) => parseTable(machine, "grid"),
  simpleTable: (machine) => parseTable(machine, "simple"),
  explicit: (machine, end) => followExplicit(machine, parseExplicitConstruct(machine, end)),
  anonymous: (machine, end) => followExplicit(machine, parseAnonymousTarget(machine, end)),
  line: overlineOrTransition,
  text: holdText,
};

function body(machine: Machine): Outcome {
  machine.context = [];
  return "Body";
}

/** Keeps a line of text until the next one says what it is. */
function holdText(machine: Machine): Outcome {
  machine.context = [machine.line];
  return "Text";
}

function followExplicit(machine: Machine, blankFinish: boolean): Outcome {
  const { matchTitles } = machine;
  if (!parseFollowing(machine, machine.node, "Explicit", blankFinish, { matchTitles })) {
    warnUnindent(machine, "explicit markup");
  }
  return body(machine);
}

function overlineOrTransition(machine: Machine): Outcome {
  const { run, line } = machine;
  if (machine.matchTitles) {
    machine.context = [line];
    return "Line";
  }
  const marker = line.text.trim();
  if (marker === "::") return RETRY_AS_TEXT;
  const position = run.lineSpan(line);
  if (marker.length < 4) {
    const text = "this could be the overline of a title; too short, it is text";
    run.report({ level: INFO, kind: "short-line-in-body", text }, position);
    return RETRY_AS_TEXT;
  }
  const text = "a section title or a transition cannot stand inside another element";
  run.report({ level: SEVERE, kind: "unexpected-title-or-transition", text }, position);
  return body(machine);
}
