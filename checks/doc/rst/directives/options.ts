import type { Block } from "../lines/block.ts";
import { trim, words } from "../lines/white-space.ts";
import type { ParseRun } from "../parse-run.ts";
import { FIELD_MARKER } from "../states/patterns.ts";
import type { DirectiveOption } from "../tree.ts";

/** Reads the options of a directive; a text says what is wrong with them. */
export function readOptions(run: ParseRun, block: Block): DirectiveOption[] | string {
  const options: DirectiveOption[] = [];
  let index = 0;
  while (index < block.length) {
    const line = block.at(index);
    const marker = line === undefined ? null : FIELD_MARKER.exec(line.text);
    if (line === undefined || marker === null) return "invalid option block";
    const taken = block.indented(index, { firstIndent: marker[0].length }).block;
    const name = marker[0].slice(1, marker[0].lastIndexOf(":"));
    if (words(name).length !== 1) return `the option '${name}' has more than one word`;
    const end = run.blockSpan(taken)?.end ?? run.pointAt(line, marker[0].trimEnd().length);
    options.push({
      name: name.toLowerCase(),
      value: trim(taken.withoutBlankTop().join()),
      position: { start: run.pointAt(line), end },
    });
    index += taken.length;
  }
  const names = options.map((option) => option.name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  return twice === undefined ? options : `the option '${twice}' is given twice`;
}
