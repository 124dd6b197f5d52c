import { parseDirective } from "../directives/directive.ts";
import { type Machine, type Outcome, STOP } from "../machine.ts";
import { SIMPLE_NAME } from "./patterns.ts";

const DIRECTIVE = new RegExp(`^(${SIMPLE_NAME})::(?: +|$)`, "u");

/** The text of a substitution definition: one directive. */
export function stepSubstitution(machine: Machine): Outcome {
  const { text } = machine;
  if (text === "" || text[0] === " ") return "SubstitutionDef";
  const match = DIRECTIVE.exec(text);
  if (match === null) {
    if (!machine.atEnd()) machine.blankFinish = machine.isNextLineBlank();
    return STOP;
  }
  const blankFinish = parseDirective(machine, match[1] ?? "", match[0].length);
  if (!machine.atEnd()) machine.blankFinish = blankFinish;
  return STOP;
}
