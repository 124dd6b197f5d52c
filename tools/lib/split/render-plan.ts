/** A line of a plan to be written: what is taken, and why. */
export interface DraftItem {
  readonly path?: string;
  readonly hunk?: string;
  /** Ranges as `1-4, 9`. */
  readonly lines?: string;
  /** Becomes a comment. */
  readonly why: string;
}

/** A commit of a plan to be written. */
export interface DraftCommit {
  readonly message: string;
  /** ISO date with offset. */
  readonly date?: string;
  /** Becomes a comment. */
  readonly why: string;
  readonly take: readonly DraftItem[];
}

/**
 * Writes a plan as YAML with its reasons as comments.
 *
 * @param schema what editors find the schema by, relative to the plan; none: no such line
 */
export function renderPlan(commits: readonly DraftCommit[], schema?: string): string {
  const head = schema === undefined ? [] : [`# yaml-language-server: $schema=${schema}`];
  return `${[...head, "commits:", ...commits.flatMap(renderCommit)].join("\n")}\n`;
}

function renderCommit(commit: DraftCommit, at: number): string[] {
  return [
    ...(at === 0 ? [] : [""]),
    `  # ${comment(commit.why)}`,
    `  - message: ${renderMessage(commit.message)}`,
    ...(commit.date === undefined ? [] : [`    date: ${commit.date}`]),
    "    take:",
    ...commit.take.flatMap(renderItem),
  ];
}

function renderItem(item: DraftItem): string[] {
  const keys = (["path", "hunk", "lines"] as const).flatMap((key) => {
    const value = item[key];
    return value === undefined ? [] : [`${key}: ${JSON.stringify(value)}`];
  });
  return [
    `      # ${comment(item.why)}`,
    ...keys.map((key, at) => `${at === 0 ? "      - " : "        "}${key}`),
  ];
}

/** A block when every line of it can stand as it is, else a quoted string. */
function renderMessage(message: string): string {
  const lines = message.replace(/\n+$/, "").split("\n");
  const plain = lines.every((line) => !/[^\P{Cc}\t]|\s$/u.test(line));
  if (!plain || /^\s/.test(lines[0] ?? "")) return JSON.stringify(message);
  return ["|", ...lines.map((line) => (line === "" ? "" : `      ${line}`))].join("\n");
}

function comment(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ");
}
