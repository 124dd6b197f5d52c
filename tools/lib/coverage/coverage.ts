/** How often one way out of a line was taken. */
export interface BranchCount {
  /** 0-based among those of the line, in gcov's order. */
  readonly index: number;
  readonly count: number;
}

/** A line that code was made for. */
export interface LineCount {
  /** 1-based. */
  readonly line: number;
  readonly count: number;
  /** Empty for a line that does not branch. */
  readonly branches: readonly BranchCount[];
}

/** One source file of the series. */
export interface FileCoverage {
  /** In the kernel tree. */
  readonly path: string;
  readonly functions: readonly { readonly name: string; readonly line: number; count: number }[];
  /** Ascending. */
  readonly lines: readonly LineCount[];
}

/** What the vectors reached. */
export interface Coverage {
  readonly files: readonly FileCoverage[];
}

/** Reached of all. */
export interface Share {
  readonly hit: number;
  readonly total: number;
}

/** Lines and branches of some files. */
export function summarize(files: readonly FileCoverage[]): {
  readonly lines: Share;
  readonly branches: Share;
} {
  const lines = files.flatMap((file) => file.lines);
  const branches = lines.flatMap((line) => line.branches);
  return { lines: share(lines), branches: share(branches) };
}

function share(counted: readonly { readonly count: number }[]): Share {
  return { hit: counted.filter(({ count }) => count > 0).length, total: counted.length };
}

/** Adds the counts of several guests that ran the same kernel. */
export function mergeCoverage(parts: readonly Coverage[]): Coverage {
  const files = new Map<string, FileCoverage>();
  for (const file of parts.flatMap((part) => part.files)) {
    const known = files.get(file.path);
    files.set(file.path, known === undefined ? file : addFiles(known, file));
  }
  return { files: [...files.values()] };
}

function addFiles(one: FileCoverage, other: FileCoverage): FileCoverage {
  return {
    path: one.path,
    functions: one.functions.map((fn, index) => {
      return { ...fn, count: fn.count + (other.functions[index]?.count ?? 0) };
    }),
    lines: one.lines.map((line, index) => addLines(line, other.lines[index])),
  };
}

function addLines(one: LineCount, other: LineCount | undefined): LineCount {
  const branches = one.branches.map((branch, index) => {
    return { ...branch, count: branch.count + (other?.branches[index]?.count ?? 0) };
  });
  return { ...one, count: one.count + (other?.count ?? 0), branches };
}
