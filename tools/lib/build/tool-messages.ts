/** One message of a compiler, of sparse, of kernel-doc or of modpost. */
export interface ToolMessage {
  /** Path in the kernel tree; empty when the message names none. */
  readonly path: string;
  /** 1-based, 0 when the message names none. */
  readonly line: number;
  /** 1-based, when the message names one. */
  readonly column?: number;
  readonly severity: "error" | "warning";
  /** A warning option such as `-Wextra`, or `sparse`, `kernel-doc`, `modpost`, `compiler`. */
  readonly kind: string;
  readonly text: string;
}

const PLACED = /^(?:\.\.\/)*(\S+?):(\d+):(?:(\d+):)? (sparse: )?(?:fatal )?(warning|error): (.*)$/;
const FLAG = / \[(-W[\w+=.-]+)\]$/;
const MODPOST = /^(WARNING|ERROR): modpost: (.*)$/;

/**
 * Reads the messages in the log of a kernel build, in order and each once.
 *
 * @param sourceDir removed from the front of paths
 */
export function readToolMessages(log: string, sourceDir: string): ToolMessage[] {
  const seen = new Set<string>();
  return log
    .split("\n")
    .flatMap((line) => readLine(line.replaceAll(`${sourceDir}/`, "")))
    .filter((message) => {
      const key = JSON.stringify(message);
      return !seen.has(key) && seen.add(key);
    });
}

function readLine(line: string): ToolMessage[] {
  const [, level, words] = MODPOST.exec(line) ?? [];
  if (words !== undefined) {
    const severity = level === "ERROR" ? "error" : "warning";
    return [{ path: "", line: 0, severity, kind: "modpost", text: words }];
  }
  const [, path, row, column, sparse, level2, said = ""] = PLACED.exec(line) ?? [];
  if (path === undefined) return [];
  const flag = FLAG.exec(said)?.[1];
  // Of all tools in a build only kernel-doc names no column.
  const other = column === undefined ? "kernel-doc" : "compiler";
  const message = {
    path,
    line: Number(row),
    severity: level2 === "error" ? ("error" as const) : ("warning" as const),
    kind: sparse === undefined ? (flag ?? other).replace(/^-Werror=/, "-W") : "sparse",
    text: said.replace(FLAG, ""),
  };
  return [column === undefined ? message : { ...message, column: Number(column) }];
}

/**
 * The messages of `after` that `before` does not have. Lines move when a patch adds some, so a
 * message is the same when path, kind and text are; of equal ones as many as before are left out.
 */
export function newMessages(
  before: readonly ToolMessage[],
  after: readonly ToolMessage[],
): ToolMessage[] {
  const known = new Map<string, number>();
  for (const message of before) {
    const key = keyOf(message);
    known.set(key, (known.get(key) ?? 0) + 1);
  }
  return after.filter((message) => {
    const key = keyOf(message);
    const left = known.get(key) ?? 0;
    known.set(key, left - 1);
    return left <= 0;
  });
}

/** Numbers in a text are often sizes or lines, and change with what is around. */
function keyOf({ path, kind, text }: ToolMessage): string {
  return JSON.stringify([path, kind, text.replaceAll(/\b\d+\b/g, "N")]);
}
