import { openDocFile, placeOf, visit } from "../../checks/doc/doc-file.ts";

/** A document with one fault, and where the rule has to find it. */
export interface Fault {
  readonly source: string;
  readonly line: number;
  readonly column: number;
  /** What the document is called with the fault, when that is the fault. */
  readonly path?: string;
}

type Random = (below: number) => number;
/** Puts a fault into a document; undefined when it has no place for one. */
export type Seeder = (source: string, path: string, random: Random) => Fault | undefined;

interface Span {
  readonly start: number;
  readonly end: number;
}

function pick<Item>(items: readonly Item[], random: Random): Item | undefined {
  return items.length === 0 ? undefined : items[random(items.length)];
}

/** Paragraphs of nothing but text, outside of tables. */
function plainParagraphs(source: string, path: string): Span[] {
  const found: Span[] = [];
  const file = openDocFile({ path, treePath: path, source, isChanged: true });
  visit(file.root, (node, parents) => {
    if (node.type !== "paragraph" || node.position === undefined) return;
    const isPlain = (node.children ?? []).every((child) => child.type === "text");
    if (!isPlain || parents.some((parent) => parent.type === "entry")) return;
    // A table of Markdown.
    if (source[node.position.start.offset] === "|") return;
    found.push({ start: node.position.start.offset, end: node.position.end.offset });
  });
  return found;
}

/** Replaces a part of a document; the fault is at `at` of what it was replaced with. */
function replace(source: string, span: Span, text: string, at: number): Fault {
  const changed = source.slice(0, span.start) + text + source.slice(span.end);
  const file = openDocFile({ path: "a.md", treePath: "", source: changed, isChanged: true });
  return { source: changed, ...placeOf(file, span.start + at) };
}

/** Puts words before a word of a plain paragraph. */
export function inProse(text: string, at: number, word = /(?<=\s)[a-z]{4,}(?= [a-z])/g): Seeder {
  return (source, path, random) => {
    const paragraph = pick(plainParagraphs(source, path), random);
    if (paragraph === undefined) return undefined;
    const body = source.slice(paragraph.start, paragraph.end);
    const match = pick([...body.matchAll(word)], random);
    if (match === undefined) return undefined;
    const start = paragraph.start + match.index;
    const words = text.replaceAll("WORD", match[0]);
    const shift = text.startsWith("WORD") ? match[0].length - "WORD".length : 0;
    return replace(source, { start, end: start + match[0].length }, words, at + shift);
  };
}

/** Changes one of the places that a pattern finds in the source. */
export function atMatch(
  pattern: RegExp,
  change: (match: RegExpExecArray) => readonly [text: string, at: number],
): Seeder {
  return (source, _path, random) => {
    const match = pick([...source.matchAll(pattern)], random);
    if (match === undefined) return undefined;
    const [text, at] = change(match);
    return replace(source, { start: match.index, end: match.index + match[0].length }, text, at);
  };
}

/** Puts something behind the last line. */
export function atEnd(text: string, at: number): Seeder {
  return (source) => {
    const base = `${source.trimEnd()}\n\n`;
    return replace(base, { start: base.length, end: base.length }, text, at);
  };
}

/** For each rule of the profile `kernel` the way to put into a document what it has to find. */
export const SEEDERS: Readonly<Record<string, Seeder>> = {
  "adornment-order": atMatch(/^(=+)\n(\S.*)\n\1\n/gm, (match) => [`${match[2]}\n${match[1]}\n`, 0]),
  "code-language": atEnd(".. code-block:: nonesuch\n\n   x\n", 0),
  "code-sample": atEnd(".. code-block:: c\n\n   if (a) {\n      b(1;\n   }\n", 0),
  "commit-reference": inProse("commit 0123456789ab WORD", 0),
  "discouraged-table": atEnd(".. list-table:: T\n\n   * - a\n     - b\n", 0),
  "duplicate-label": (source) => {
    const label = /^\.\. _[\w-]+:$/m.exec(source)?.[0];
    return label === undefined ? undefined : atEnd(`${label}\n\nAgain\n\n`, 0)(source, "", () => 0);
  },
  "duplicate-title": (source, path, random) => {
    const second = [...source.matchAll(/^\n(\S.*)\n(([=~-])\3{3,})\n/gm)].find((match) => {
      return !source.startsWith(match[2] ?? "") && !source.includes(`${match[2]}\n${match[1]}`);
    });
    if (second === undefined) return undefined;
    return atEnd(`${second[1]}\n${second[2]}\n\nAgain\n`, 0)(source, path, random);
  },
  "kernel-doc-reference": atEnd(".. kernel-doc:: mm/memory.c\n   :identifiers: no_such\n", 31),
  "line-length": (source, path, random) => {
    const fault = inProse(`WORD${" and many more words".repeat(5)} WORD`, 0)(source, path, random);
    return fault && { ...fault, column: 81 };
  },
  "long-literal": atEnd(`::\n\n${"  call();\n".repeat(12)}`, 6),
  "lore-link": inProse("https://lkml.org/lkml/2020/1/1/1", 0),
  "malformed-directive": atEnd(".. note: text\n", 0),
  "malformed-link": inProse("`WORD<https://a.example>`_", 0),
  "malformed-role": inProse(":ref:WORD", 0),
  "markdown-in-rst": atEnd("```c\nint x;\n```\n", 0),
  "missing-blank-line": atMatch(/:\n\n(?=- \S)/g, () => [":\n", 2]),
  "redundant-c-role": inProse(":c:func:`folio_lock`", 0),
  "repeated-word": inProse("WORD WORD", 5, /(?<=\s)(?!that|long|very)[a-z]{4,}(?= [a-z])/g),
  "missing-include": atEnd(".. include:: no_such.txt\n", 0),
  "rst-syntax": inProse("*WORD", 0),
  "sample-compiles": atEnd(".. doclint-compile: nothing\n", 0),
  "spdx-line-1": atMatch(/^\.\. SPDX[^\n]*\n/g, () => ["", 0]),
  spelling: inProse("neccessary", 0),
  "tabs-in-prose": inProse("WORD\tand WORD", 4),
  "title-underline": atMatch(/(?<=\n\n[^\s=].{6,}\n)([=~-])\1{6,}$/gm, (match) => [
    match[0].slice(0, 5),
    0,
  ]),
  "toctree-entry": atEnd(".. toctree::\n\n   no_such\n", 17),
  "toctree-orphan": (source, path) => ({
    source,
    line: 1,
    column: 1,
    path: path.replace(/\w+\.rst$/, "no_such.rst"),
  }),
  "trailing-whitespace": atMatch(/(?<=\S)\n/g, () => [" \n", 0]),
  typography: inProse("WORD\u2019s", 4),
  "undefined-config": inProse("CONFIG_NO_SUCH_SYMBOL", 0),
  "undefined-constant": inProse("``NO_SUCH_FLAG``", 0),
  "undefined-document": inProse(":doc:`no_such_document`", 0),
  "undefined-function": inProse("no_such_call()", 0),
  "undefined-label": inProse(":ref:`no_such_label`", 0),
  "undefined-path": inProse("mm/no_such_file.c", 0),
  "undefined-type": inProse("struct no_such_type", 0),
  "unknown-role": inProse(":no-role:`WORD`", 0),
  "undocumented-interface": inProse("/proc/sys/vm/no_such_knob", 0),
};
