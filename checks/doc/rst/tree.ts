/** A place in the source, as unist has it. */
export interface Point {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units of the source (a tab is one). */
  readonly column: number;
  /** 0-based, in UTF-16 code units of the source. */
  readonly offset: number;
}

/** Where a node is: `source.slice(start.offset, end.offset)` is its own source. */
export interface Position {
  readonly start: Point;
  end: Point;
}

/** An option of a directive, `:name: value`. */
export interface DirectiveOption {
  /** In lower case. */
  readonly name: string;
  /** Empty for a flag. */
  readonly value: string;
  readonly position: Position;
}

/**
 * A node of the document, a unist node.
 *
 * `type` is docutils' name of the element, with four of our own: `root` (the document), `text`,
 * `directive` and `role` (whose `name` says which). The optional fields are there for the types
 * that their comments name.
 */
export interface RstNode {
  readonly type: string;
  position: Position;
  children: RstNode[];
  /** Of nodes without children: what docutils takes as their text. */
  value?: string;
  /**
   * Of `directive` and `role` the name in lower case; of `target`, `reference`, `footnote`,
   * `citation`, their references and `substitution_definition` the normalized name.
   */
  name?: string;
  /** Of `directive`: its arguments. */
  arguments?: readonly string[];
  /** Of `directive`: its options in the order of the source. */
  options?: readonly DirectiveOption[];
  /** Of `directive`: the lines of its content, wherever there is one. */
  content?: Position;
  /** Of `target` and `reference`: the address. */
  refuri?: string;
  /** Of `target` and `reference`: the normalized name of what is meant. */
  refname?: string;
  /** Of `target` and `reference`. */
  anonymous?: true;
  /** Of `bullet_list`: the character. Of `enumerated_list`: the kind of numbers. */
  marker?: string;
  /** Of `enumerated_list`: the first number, when it is not 1. */
  start?: number;
  /** Of `title`: the adornment; two characters when there is an overline. */
  adornment?: string;
  /** Of `entry`: further rows and columns that the cell spans. */
  moreRows?: number;
  moreColumns?: number;
}

/** Levels of docutils' reporter: info, warning, error, severe. */
export type MessageLevel = 1 | 2 | 3 | 4;

/** What docutils reports while it parses: a system message, with a place. */
export interface RstMessage {
  readonly level: MessageLevel;
  /** Kebab-case name of what is wrong, such as `title-underline-short`. */
  readonly kind: string;
  readonly text: string;
  readonly position: Position;
}

/** A parsed document. */
export interface RstRoot extends RstNode {
  readonly type: "root";
  readonly messages: readonly RstMessage[];
}

/** Calls `see` for every node from `node` down, parents first. */
export function walk(
  node: RstNode,
  see: (node: RstNode, parents: readonly RstNode[]) => void,
  parents: RstNode[] = [],
): void {
  see(node, parents);
  parents.push(node);
  for (const child of node.children) walk(child, see, parents);
  parents.pop();
}

/** The text of a node, as a reader sees it. */
export function textOf(node: RstNode): string {
  return node.value ?? node.children.map(textOf).join("");
}
