import { LineCounter, type Node, parseDocument } from "yaml";
import type { z } from "zod";
import { ToolError } from "../error.ts";

/** What a YAML file is checked against, and how the reader names it. */
export interface YamlSource<Schema extends z.ZodType> {
  /** Path for messages, as the user would type it. */
  readonly file: string;
  readonly text: string;
  readonly schema: Schema;
  /** Code of the ToolError, such as `series-config-invalid`. */
  readonly code: string;
  /** Where the format is described. */
  readonly hint: string;
}

/** Keys and indices from the top of the file to a value. */
export type YamlPath = readonly PropertyKey[];

/**
 * Parses YAML and checks it. Every problem is told with `file:line:column`.
 *
 * @throws ToolError `source.code` (config); the message has one line for each problem
 */
export function parseYaml<Schema extends z.ZodType>(source: YamlSource<Schema>): z.output<Schema> {
  return parseLocatedYaml(source).value;
}

/** What a YAML file says, and where. */
export interface LocatedYaml<Value> {
  readonly value: Value;
  /** `file:line:column` of a value, or of the innermost value around it that the file has. */
  placeOf(path: YamlPath): string;
}

/** As `parseYaml`, for callers that find more problems later and tell them with their place. */
export function parseLocatedYaml<Schema extends z.ZodType>(
  source: YamlSource<Schema>,
): LocatedYaml<z.output<Schema>> {
  const lines = new LineCounter();
  const document = parseDocument(source.text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${source.file}:${line}:${col}`;
  };
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) {
    throw invalid(
      source,
      broken.map((problem) => `${at(problem.pos[0])}: ${problem.message}`),
    );
  }
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  const parsed = source.schema.safeParse(value);
  const offsetOf = (path: YamlPath): number => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      const range = (node as Node | undefined)?.range;
      if (range) return range[0];
    }
    return document.contents?.range?.[0] ?? 0;
  };
  if (parsed.success) {
    return { value: parsed.data, placeOf: (path) => at(offsetOf(path)) };
  }
  throw invalid(
    source,
    parsed.error.issues.map((issue) => `${at(offsetOf(issue.path))}: ${wordsOf(issue)}`),
  );
}

function wordsOf(issue: z.core.$ZodIssue): string {
  const where = issue.path.length === 0 ? "the file" : `'${issue.path.map(String).join(".")}'`;
  if (issue.code === "unrecognized_keys") {
    return `${where} has no key named ${issue.keys.map((key) => `'${key}'`).join(", ")}`;
  }
  return `${where}: ${issue.message.replace(/^Invalid input: /, "")}`;
}

function invalid<Schema extends z.ZodType>(
  source: YamlSource<Schema>,
  problems: readonly string[],
): ToolError {
  return new ToolError(problems.join("\n"), {
    kind: "config",
    code: source.code,
    hints: [source.hint],
  });
}
