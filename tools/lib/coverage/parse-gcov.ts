import type { FileCoverage, LineCount } from "./coverage.ts";

interface GcovBranch {
  readonly count: number;
}
interface GcovLine {
  readonly line_number: number;
  readonly count: number;
  readonly branches: readonly GcovBranch[];
}
interface GcovFile {
  readonly file: string;
  readonly functions: readonly {
    readonly name: string;
    readonly start_line: number;
    readonly execution_count: number;
  }[];
  readonly lines: readonly GcovLine[];
}

/**
 * Reads the output of `gcov --json-format`. A line that was compiled several times (an inline
 * function, a macro) is told once: its counts are added.
 *
 * @param own paths in the kernel tree; other files, such as the kernel's headers, are left out
 */
export function parseGcovJson(text: string, own: readonly string[]): FileCoverage[] {
  const { files } = JSON.parse(text) as { readonly files: readonly GcovFile[] };
  return files.flatMap(({ file, functions, lines }) => {
    const path = own.find((one) => file === one || file.endsWith(`/${one}`));
    if (path === undefined) return [];
    return [
      {
        path,
        functions: functions.map(({ name, start_line, execution_count }) => {
          return { name, line: start_line, count: execution_count };
        }),
        lines: joinLines(lines),
      },
    ];
  });
}

function joinLines(lines: readonly GcovLine[]): readonly LineCount[] {
  const byNumber = new Map<number, LineCount>();
  for (const { line_number: line, count, branches } of lines) {
    const known = byNumber.get(line);
    const first = known?.branches ?? [];
    const all = [...first.map((one) => one.count), ...branches.map((one) => one.count)];
    byNumber.set(line, {
      ...{ line, count: (known?.count ?? 0) + count },
      branches: all.map((taken, index) => ({ index, count: taken })),
    });
  }
  return [...byNumber.values()].sort((a, b) => a.line - b.line);
}
