/** What the content of a directive is: forbidden, kept as it is, parsed, or parsed with titles. */
export type ContentKind = "none" | "raw" | "nested" | "titles";

/** How a directive is written. */
export interface DirectiveSpec {
  /** How many arguments it needs, and how many more it takes. */
  readonly required: number;
  readonly optional: number;
  /** Whether the last argument may contain white space. */
  readonly lastTakesRest: boolean;
  /** Whether it takes options. */
  readonly options: boolean;
  readonly content: ContentKind;
}

/**
 * One row for each form: the names, the number of arguments (needed + optional, `...` when the last
 * one takes all the rest), `:` when it takes options, and the content.
 *
 * Sources: docutils 0.19 parsers/rst/directives/, Sphinx 5.3 directives/ and domains/, and the
 * kernel's own in Documentation/sphinx/*.py @ 6.12.117.
 */
const TABLE = `
attention caution danger error hint important note tip warning | 0+0... | : | nested
seealso | 0+0... | : | nested
admonition | 1+0... | : | nested
versionadded versionchanged deprecated | 1+1... | | nested
topic | 1+0... | : | nested
sidebar | 0+1... | : | nested
line-block | 0+0 | : | nested
parsed-literal | 0+0 | : | raw
rubric | 1+0... | : | none
epigraph highlights pull-quote acks | 0+0 | | nested
hlist | 0+0 | : | nested
centered | 1+0... | | none
compound | 0+0 | : | nested
container | 0+1... | : | nested
table list-table flat-table | 0+1... | : | nested
csv-table | 0+1... | : | raw
image kernel-image | 1+0... | : | none
figure kernel-figure | 1+0... | : | nested
kernel-render | 1+0 | : | raw
contents | 0+1... | : | none
sectnum section-numbering | 0+0 | : | none
header footer replace | 0+0 | | nested
target-notes | 0+0 | : | none
meta role date | 0+0 | | raw
raw | 1+0... | : | raw
include kernel-include | 1+0... | : | none
unicode | 1+0... | : | none
class rst-class cssclass | 1+0... | | nested
default-role | 0+1 | | none
title | 1+0... | | none
code sourcecode code-block | 0+1 | : | raw
math | 0+1... | : | raw
highlight | 1+0 | : | none
literalinclude | 1+0... | : | none
toctree | 0+0 | : | raw
only ifconfig | 1+0... | | titles
glossary | 0+0 | : | nested
index | 1+0... | : | none
tabularcolumns | 1+0... | | none
sectionauthor moduleauthor codeauthor | 1+0... | | none
productionlist | 1+0... | | none
describe object option cmdoption envvar | 1+0... | : | nested
program | 1+0... | | none
c:member c:var c:function c:macro c:struct c:union c:enum c:enumerator c:type | 1+0... | : | nested
c:namespace c:namespace-push | 1+0... | | none
c:namespace-pop | 0+0... | | none
c:alias | 1+0... | : | raw
graphviz | 0+1 | : | raw
graph digraph | 1+0 | : | raw
default-domain | 1+0 | | none
kernel-doc | 0+4 | : | none
kernel-abi kernel-feat | 1+2... | : | none
maintainers-include | 0+0... | : | none
`;

function isContent(text: string): text is ContentKind {
  return ["none", "raw", "nested", "titles"].includes(text);
}

function parseRow(row: string): (readonly [string, DirectiveSpec])[] {
  const [names = "", counts = "", options = "", content = ""] = row
    .split("|")
    .map((it) => it.trim());
  const [required = 0, optional = 0] = counts.replace("...", "").split("+").map(Number);
  if (!isContent(content)) throw new RangeError(`'${content}' is no kind of content`);
  const spec: DirectiveSpec = {
    required,
    optional,
    lastTakesRest: counts.endsWith("..."),
    options: options === ":",
    content,
  };
  return names.split(" ").map((name) => [name, spec] as const);
}

/** Every directive that the kernel's documentation may use, by its name in lower case. */
export const DIRECTIVES: ReadonlyMap<string, DirectiveSpec> = new Map(
  TABLE.trim().split("\n").flatMap(parseRow),
);

/** How a directive is written; undefined for one that is not known. */
export function findDirective(name: string): DirectiveSpec | undefined {
  return DIRECTIVES.get(name.toLowerCase());
}
