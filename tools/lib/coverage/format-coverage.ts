import { type Coverage, type FileCoverage, type Share, summarize } from "./coverage.ts";

/**
 * Coverage for people: a line for each file, then each line of code that nothing reached and each
 * branch that was never taken.
 *
 * @param sourceOf the text of a file of the tree, for showing the lines; without it they are
 *   numbers only
 */
export function formatCoverage(
  { files }: Coverage,
  sourceOf: (path: string) => readonly string[] = () => [],
): string {
  const parts = files.map((file) => {
    const { lines, branches } = summarize([file]);
    const head = `${file.path}: lines ${formatShare(lines)}, branches ${formatShare(branches)}`;
    return [head, ...describeMissing(file, sourceOf(file.path))].join("\n");
  });
  return `${parts.join("\n")}\n`;
}

/** `98.0 % (96 of 98)`, or a dash where there is nothing to reach. */
export function formatShare({ hit, total }: Share): string {
  if (total === 0) return "-";
  return `${((hit / total) * 100).toFixed(1)} % (${hit} of ${total})`;
}

function describeMissing(file: FileCoverage, source: readonly string[]): string[] {
  return file.lines.flatMap(({ line, count, branches }) => {
    const text = (source[line - 1] ?? "").trim();
    const place = `  ${file.path}:${line}:`;
    if (count === 0) return [`${place} never reached: ${text}`.trimEnd().replace(/:$/, "")];
    const never = branches.filter((branch) => branch.count === 0);
    if (never.length === 0) return [];
    const what = `${never.length} of ${branches.length} branches never taken`;
    return [`${place} ${what}: ${text}`.trimEnd().replace(/:$/, "")];
  });
}

/** Coverage as lcov's tracefile (geninfo(1)), for genhtml and editors. */
export function formatLcov({ files }: Coverage): string {
  return files.map((file) => `${lcovRecord(file).join("\n")}\n`).join("");
}

function lcovRecord(file: FileCoverage): string[] {
  const { lines, branches } = summarize([file]);
  return [
    ...["TN:rfckit", `SF:${file.path}`],
    ...file.functions.map(({ name, line }) => `FN:${line},${name}`),
    ...file.functions.map(({ name, count }) => `FNDA:${count},${name}`),
    `FNF:${file.functions.length}`,
    `FNH:${file.functions.filter(({ count }) => count > 0).length}`,
    ...file.lines.flatMap((one) =>
      one.branches.map(({ index, count }) => {
        return `BRDA:${one.line},0,${index},${one.count === 0 ? "-" : count}`;
      }),
    ),
    ...[`BRF:${branches.total}`, `BRH:${branches.hit}`],
    ...file.lines.map(({ line, count }) => `DA:${line},${count}`),
    ...[`LF:${lines.total}`, `LH:${lines.hit}`, "end_of_record"],
  ];
}
