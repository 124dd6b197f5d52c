import { type DocFile, type DocNode, visit, visitTypes } from "./doc-file.ts";
import { readText } from "./sections.ts";

/** A value that a document gives a name. */
export interface StatedValue {
  readonly name: string;
  /** As it stands there. */
  readonly value: string;
  /** Offset of the value in the source. */
  readonly at: number;
}

const NAME = "(?<![\\w.>-])[`%]{0,2}([A-Za-z_]\\w*_\\w+|[A-Z][A-Z0-9]{3,})`{0,2}";
const NUMBER = "-?(?:0[xX][\\dA-Fa-f]+|\\d+)(?:[uUlL]{1,3}\\b)?(?:\\s?[KMGT]i?B\\b)?";
const VALUE = `\`{0,2}(${NUMBER})\`{0,2}`;
/** What makes of a number something else than a value: a range, a count of others, a fraction. */
const ENDS =
  "(?!\\w|[.:,]\\d|-\\w|\\s?(?:%|of\\b|to\\b|or\\b|times\\b|more\\b|x\\b|<<|[-+*/|]\\s?\\w))";
const STATE = "(?:[ynm]|on|off|enabled|disabled|set|not set)";

const DEFAULT = `\`{0,2}(${NUMBER}|${STATE})\\b\`{0,2}`;
const global = (pattern: string): RegExp => new RegExp(pattern, "g");

/** In each the first group is the name, the second the value. */
const SENTENCES: readonly RegExp[] = [
  global(`${NAME}\\s+(?:is|equals|has the value|=)\\s+${VALUE}${ENDS}`),
  global(`${NAME}=${VALUE}${ENDS}`),
  global(`${NAME}\\s+\\(${VALUE}\\)`),
  global(`${NAME}(?:,? which)?\\s+(?:defaults\\s+to|is\\s+by\\s+default)\\s+${DEFAULT}${ENDS}`),
  global(`${NAME}\\s+\\((?:the\\s+)?default(?:\\s+is|:)?\\s+${DEFAULT}\\)`),
  global(`[Dd]efault(?:\\s+value)?\\s+(?:of|for)\\s+${NAME}\\s+is\\s+${DEFAULT}${ENDS}`),
  global(`${NAME}\\s+is\\s+(enabled|disabled|on|off|set|not\\s+set)\\s+by\\s+default`),
];
const CODE: readonly RegExp[] = [
  /^[ \t]*#[ \t]*define[ \t]+([A-Za-z_]\w*)[ \t]+(\S[^\n]*?)(?:[ \t]*\/\*[^\n]*)?$/gm,
  /^[ \t]*([A-Z][A-Z0-9_]{3,})[ \t]*=[ \t]*([^,;\n]+?)[ \t]*,/gm,
];
const TEXTS: readonly string[] = ["paragraph", "term", "title", "heading"];
const BLOCKS: readonly string[] = ["literal_block", "code", "directive"];

/** The values that a document gives names: in its sentences, its tables and the code it shows. */
export function findStatedValues(file: DocFile): StatedValue[] {
  const found: StatedValue[] = [];
  const read = (patterns: readonly RegExp[], from: number, text: string): void => {
    for (const pattern of patterns) {
      for (const match of text.matchAll(pattern)) {
        const [whole, name = "", value = ""] = match;
        const at = from + match.index + whole.lastIndexOf(value);
        found.push({ name, value: value.replace(/\s+/g, " "), at });
      }
    }
  };
  const sourceOf = ({ start, end }: NonNullable<DocNode["position"]>): string =>
    file.source.slice(start.offset, end.offset);
  visitTypes(file, TEXTS, ({ position }) => {
    if (position !== undefined) read(SENTENCES, position.start.offset, sourceOf(position));
  });
  visitTypes(file, BLOCKS, ({ position, value }) => {
    if (position === undefined || value === undefined) return;
    read(CODE, position.start.offset, sourceOf(position));
  });
  visitTypes(file, ["tgroup"], (group) => found.push(...ofTable(group)));
  const byPlace = new Map(found.map((it) => [it.at, it]));
  return [...byPlace.values()].sort((a, b) => a.at - b.at);
}

/** A column that is called value, number or default, and the names in the first one. */
function ofTable(group: DocNode): StatedValue[] {
  const rows: DocNode[] = [];
  visit(group, (node) => {
    if (node.type === "row") rows.push(node);
  });
  const [head, ...body] = rows;
  const column = (head?.children ?? []).findIndex((cell) =>
    /^(?:value|number|default(?: value)?)$/i.test(readText(cell).trim()),
  );
  if (column < 1) return [];
  return body.flatMap((row) => {
    const cells = row.children ?? [];
    const name = readText(cells[0] ?? row).trim();
    const cell = cells[column];
    const value = cell === undefined ? "" : readText(cell).trim();
    if (cell?.position === undefined || !/^[A-Za-z_]\w*$/.test(name) || value === "") return [];
    return [{ name, value, at: cell.position.start.offset }];
  });
}
