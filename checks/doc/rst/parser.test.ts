import fc from "fast-check";
import { unified } from "unified";
import { expect, test } from "vitest";
import { parseRst, rst } from "./parser.ts";
import { type RstNode, type RstRoot, textOf, walk } from "./tree.ts";

/** The sources of all nodes of a type. */
function sourcesOf(source: string, type: string): string[] {
  const found: string[] = [];
  walk(parseRst(source), (node) => {
    const { start, end } = node.position;
    if (node.type === type) found.push(source.slice(start.offset, end.offset));
  });
  return found;
}

function find(source: string, type: string): RstNode {
  let found: RstNode | undefined;
  walk(parseRst(source), (node) => {
    if (node.type === type) found ??= node;
  });
  if (found === undefined) throw new Error(`no ${type}`);
  return found;
}

test("is a unified parser plugin", () => {
  const tree = unified().use(rst).parse("Title\n=====\n\ntext\n");
  expect(tree.children.map((node) => node.type)).toEqual(["section"]);
});

test("a section has its name, its title and its end", () => {
  const source = "=====\nThe A\n=====\n\none\n\nB\n-\n\ntwo\n";
  const section = find(source, "section");
  expect(section.name).toBe("the a");
  expect(section.position.end.offset).toBe(source.length - 1);
  expect(find(source, "title").adornment).toBe("==");
  expect(sourcesOf(source, "title")).toEqual(["The A", "B"]);
});

test("positions lead through tabs, nested indents and wide characters", () => {
  const source = "- item\n\n\t.. note::\n\n\t\ta *word* and\n\t\t``漢字`` *here*\n";
  expect(sourcesOf(source, "emphasis")).toEqual(["*word*", "*here*"]);
  expect(sourcesOf(source, "literal")).toEqual(["``漢字``"]);
  const { start } = find(source, "emphasis").position;
  expect([start.line, start.column]).toEqual([5, 5]);
});

test("positions lead into table cells", () => {
  const grid = [
    "+-----+----------+",
    "| 漢  | *b*      |",
    "+-----+----------+",
    "| c   | - ``d``  |",
    "+-----+----------+",
    "",
  ].join("\n");
  expect(sourcesOf(grid, "emphasis")).toEqual(["*b*"]);
  expect(sourcesOf(grid, "list_item")).toEqual(["- ``d``"]);
  const simple = "====  ====\n a    *b*\n====  ====\n\n";
  expect(sourcesOf(simple, "emphasis")).toEqual(["*b*"]);
  expect(find(simple, "table").position.end.offset).toBe(simple.length - 2);
});

test("CRLF, CR and a byte order mark do not move anything", () => {
  const source = "\ufeff*a*\r\n\r\n*b*\r\r*c*\n";
  expect(sourcesOf(source, "emphasis")).toEqual(["*a*", "*b*", "*c*"]);
  expect(find(source, "emphasis").position.start).toEqual({ line: 1, column: 2, offset: 1 });
});

test("a directive has its arguments, options and content", () => {
  const source = ".. code-block:: c\n   :caption: A b\n   :linenos:\n\n   int x;\n";
  const node = find(source, "directive");
  expect(node).toMatchObject({ name: "code-block", arguments: ["c"], value: "int x;" });
  expect(node.options?.map(({ name, value }) => [name, value])).toEqual([
    ["caption", "A b"],
    ["linenos", ""],
  ]);
  expect(node.content?.start).toMatchObject({ line: 5, column: 4 });
});

test("without the inside of paragraphs, the blocks are the same", () => {
  const source = ".. _one:\n\nA *b*\n=====\n\nc `d`_\n\n.. toctree::\n\n   e\n";
  const blocks = parseRst(source, { blocksOnly: true });
  const types = (root: RstRoot): string[] => {
    const found: string[] = [];
    walk(root, ({ type }, parents) => {
      if (!parents.some((parent) => parent.type === "paragraph")) found.push(type);
    });
    return found;
  };
  expect(types(blocks)).toEqual(types(parseRst(source)));
  expect(types(blocks)).toContain("emphasis");
  walk(blocks, ({ type, children }) => {
    if (type === "paragraph") expect(children).toEqual([]);
  });
});

test("roles, references and targets have names", () => {
  const source = ".. _My Label: http://a.example\n\n:c:func:`kmalloc` and `my  label`_\n";
  expect(find(source, "target")).toMatchObject({ name: "my label", refuri: "http://a.example" });
  expect(find(source, "role")).toMatchObject({ name: "c:func", value: "kmalloc" });
  expect(find(source, "reference").refname).toBe("my label");
});

test("what docutils reports is in the messages, with a place", () => {
  const source = "Title\n====\n\nA *word\n\n.. nonsense:: x\n";
  const messages = parseRst(source).messages.map(({ kind, level, position }) => [
    kind,
    level,
    `${position.start.line}:${position.start.column}`,
  ]);
  expect(messages).toEqual([
    ["title-underline-short", 2, "2:1"],
    ["inline-without-end", 2, "4:3"],
    ["unknown-directive", 3, "6:1"],
  ]);
});

test("a line that is too long is not parsed, as in docutils", () => {
  const { children, messages } = parseRst(`${"a ".repeat(5001)}\n`);
  expect([children.length, messages[0]?.kind]).toEqual([0, "line-too-long"]);
});

test.each([
  ["bullets on one line", "- ".repeat(4_900)],
  ["nested quotes", Array.from({ length: 400 }, (_, i) => `${" ".repeat(i)}a\n`).join("\n")],
  ["nested lists", Array.from({ length: 400 }, (_, i) => `${"  ".repeat(i)}- a\n`).join("\n")],
])("deep nesting ends with a message: %s", (_name, source) => {
  const kinds = parseRst(`${source}\n`).messages.map((message) => message.kind);
  expect(kinds).toContain("nesting-too-deep");
});

test("100 kB of the same thing take less than a second of CPU", () => {
  const sources = [
    "*a ",
    "`a ",
    "|a ",
    "a-",
    "a_ ",
    "[a]_ ",
    "``a ",
    "<a@",
    "a:",
    "+-",
    "=  ",
    "\\",
  ];
  const lines = [
    ".. _a",
    ":a",
    "- ",
    "a.",
    "1.",
    "| a",
    "+-+-+",
    "= =",
    "====",
    ".. |a",
    "  a",
    "::",
  ];
  const size = 100_000;
  for (const piece of [...sources, ...lines]) {
    for (const width of [70, 9_900]) {
      const line = piece.repeat(Math.ceil(width / piece.length)).slice(0, width);
      for (const separator of ["\n", "\n\n", "\n  "]) {
        const source = `${line}${separator}`.repeat(Math.ceil(size / (width + separator.length)));
        const started = process.cpuUsage();
        parseRst(source);
        expect(process.cpuUsage(started).user, `${piece} ${width}`).toBeLessThan(1_000_000);
      }
    }
  }
});

const PIECES =
  " |  |\t|\n|\n\n|-|*|**|`|``|_|__|:|::|..|.. |.. note::|.. _a:|a|b|1.|#.|(a)|+--+|+-+|==|=====|" +
  "-----|\\|:ref:|:a:|>>>|--opt|[1]_|.. [1]|.. |x| replace:: y|http://a.b|a@b.c|<|>|漢|\u0301|\0|\x85";

test("never throws, and every node lies in its source", () => {
  const pieces = [...PIECES.split("|"), "|", "| "];
  const documents = fc.array(fc.constantFrom(...pieces), { maxLength: 60 });
  fc.assert(
    fc.property(documents, (parts) => {
      const source = parts.join("");
      const root = parseRst(source);
      walk(root, ({ position: { start, end } }) => {
        expect(start.offset).toBeLessThanOrEqual(end.offset);
        expect(end.offset).toBeLessThanOrEqual(source.length);
      });
      expect(textOf(root).length).toBeLessThanOrEqual(source.length * 10);
    }),
    { numRuns: 3_000 },
  );
});
