/** Lines of a definition, 0-based, both included. */
export interface LineSpan {
  readonly first: number;
  readonly last: number;
}

/**
 * Finds the definitions of a symbol in a file: a C function, struct, union, enum, variable or
 * macro, or a Kconfig option. A span has the comment right above and the empty line right below.
 *
 * It goes by the kernel's layout (a definition begins in the first column and ends with a closing
 * brace there), not by parsing C.
 *
 * @param symbol letters, digits and underscores only
 */
export function findDefinitions(lines: readonly string[], symbol: string): LineSpan[] {
  const starts = startPatterns(symbol);
  const spans: LineSpan[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const form = starts.find(({ start }) => start.test(lines[at] ?? ""));
    const last = form?.end(lines, at);
    if (last === undefined) continue;
    const first = startOfComment(lines, startOfHead(lines, at));
    spans.push({ first, last: isBlank(lines[last + 1]) ? last + 1 : last });
    at = last;
  }
  return spans;
}

interface Form {
  readonly start: RegExp;
  /** The last line, or undefined when it is only a declaration. */
  end(lines: readonly string[], at: number): number | undefined;
}

function startPatterns(symbol: string): Form[] {
  return [
    { start: new RegExp(`^#\\s*define\\s+${symbol}\\b`), end: endOfMacro },
    { start: new RegExp(`^(?:menu)?config\\s+${symbol}\\s*$`), end: endOfOption },
    {
      start: new RegExp(`^(?:[a-z_]+\\s+)*(?:struct|union|enum)\\s+${symbol}\\s*\\{`),
      end: endOfBlock,
    },
    { start: new RegExp(`^(?:[A-Za-z_][^;={]*\\b)?${symbol}\\s*\\(`), end: endOfBlock },
    {
      start: new RegExp(`^[A-Za-z_][^;=(]*\\b${symbol}\\b(?:\\[[^\\]]*\\])*\\s*(?:=|;|$)`),
      end: endOfBlock,
    },
  ];
}

function endOfMacro(lines: readonly string[], at: number): number {
  let last = at;
  while (/\\\s*$/.test(lines[last] ?? "")) last += 1;
  return Math.min(last, lines.length - 1);
}

/** An option goes on over indented and empty lines. */
function endOfOption(lines: readonly string[], at: number): number {
  let last = at;
  for (let next = at + 1; next < lines.length; next += 1) {
    if (/^\s+\S/.test(lines[next] ?? "")) last = next;
    else if (!isBlank(lines[next])) break;
  }
  return last;
}

/** To the closing brace in the first column; a head that ends with a semicolon is its own end. */
function endOfBlock(lines: readonly string[], at: number): number | undefined {
  let [open, assigned] = [false, false];
  for (let next = at; next < lines.length; next += 1) {
    const line = (lines[next] ?? "").trimEnd();
    open ||= line.includes("{");
    assigned ||= line.includes("=");
    if (!open && line.endsWith(";")) return assigned ? next : undefined;
    if (next > at && line.startsWith("}")) return next;
    if (next === at && open && /\}\s*;?$/.test(line)) return next;
  }
  return undefined;
}

/** A return type may stand on the line before. */
function startOfHead(lines: readonly string[], at: number): number {
  return /^(?:static|const|unsigned|struct \w+|[a-z_]+)(?: [a-z_ *]+)?$/.test(lines[at - 1] ?? "")
    ? at - 1
    : at;
}

function startOfComment(lines: readonly string[], at: number): number {
  const above = lines[at - 1] ?? "";
  if (/^\/\//.test(above)) return startOfComment(lines, at - 1);
  if (!/\*\/\s*$/.test(above)) return at;
  for (let first = at - 1; first >= 0; first -= 1) {
    if (/^\/\*/.test(lines[first] ?? "")) return first;
    if (!/^\s*\*/.test(lines[first] ?? "")) return at;
  }
  return at;
}

function isBlank(line: string | undefined): boolean {
  return line !== undefined && line.trim() === "";
}
