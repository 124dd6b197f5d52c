import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { loadSeriesConfig } from "../tools/lib/config/load-series-config.ts";
import { readBlobs } from "../tools/lib/git/read-blobs.ts";
import { obtainKernelTree } from "../tools/lib/kernel/find-tree.ts";
import { type Citation, findCitations, findQuotedSymbols, hasSymbol } from "./support/citations.ts";
import { listFiles, ROOT } from "./support/markdown.ts";

const VERSION = "6.12.117";
/** Generated pages that name the version once, for all their sources. */
const QUOTING_PAGES = ["docs/reference/check-order.md"];
const CITING_FILES = [
  ...listFiles(/^docs\/.*\.md$/),
  ...listFiles(/^(?:kernel-model|tools|checks)\/.*\.(?:tsx?|c|h)$/).filter(
    (file) => !/\.test\.tsx?$/.test(file),
  ),
];

function citationsOf(file: string): Citation[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  const quoted = QUOTING_PAGES.includes(file) ? findQuotedSymbols(text) : [];
  return [...findCitations(text, VERSION), ...quoted];
}

const CITING = CITING_FILES.filter((file) => citationsOf(file).length > 0);
const sources = new Map<string, string>();

/** What is wrong with a citation, or undefined. */
function faultOf({ path, symbol }: Citation): string | undefined {
  const source = sources.get(path);
  if (source === undefined) return `no file '${path}' in ${VERSION}`;
  return hasSymbol(source, symbol) ? undefined : `no '${symbol}' in '${path}'`;
}

beforeAll(async () => {
  const { base } = await loadSeriesConfig(ROOT);
  expect(base.version.startsWith(`${VERSION}-`)).toBe(true);
  const { dir } = await obtainKernelTree({
    base,
    env: process.env,
    cwd: ROOT,
    signal: new AbortController().signal,
    onProgress: () => {},
  });
  const wanted = new Set(CITING.flatMap(citationsOf).map(({ path }) => path));
  const paths = [...new Set([...wanted].map((path) => path.split("/")[0] ?? path))];
  const wants = (path: string): boolean => wanted.has(path);
  const blobs = await readBlobs({ dir, treeish: base.commit, paths, wants });
  for (const [path, bytes] of blobs) sources.set(path, new TextDecoder().decode(bytes));
});

describe("citations of the kernel", () => {
  test("are found in pages and comments, also across lines", () => {
    const text = "`a/b.c:f @ 6.12.117`\n * x/y.h:S @\n * 6.12.117, z.c:g @ 6.1";
    expect(findCitations(text, VERSION)).toEqual([
      { path: "a/b.c", symbol: "f", line: 1 },
      { path: "x/y.h", symbol: "S", line: 2 },
    ]);
    expect(CITING).toEqual(expect.arrayContaining(["docs/api-options.md", ...QUOTING_PAGES]));
    expect(CITING.flatMap(citationsOf).length).toBeGreaterThan(150);
  });

  test("a wrong one is seen", () => {
    const wrong = { path: "mm/madvise.c", symbol: "do_madvis", line: 1 };
    expect(faultOf(wrong)).toBe("no 'do_madvis' in 'mm/madvise.c'");
    expect(faultOf({ ...wrong, symbol: "do_madvise" })).toBeUndefined();
    expect(faultOf({ ...wrong, path: "mm/hbf.c" })).toContain("no file");
  });

  test.each(CITING)("%s", (file) => {
    const faults = citationsOf(file).flatMap((citation) => {
      const fault = faultOf(citation);
      return fault === undefined ? [] : [`${file}:${citation.line}: ${fault}`];
    });
    expect(faults).toEqual([]);
  });

  test("the pages of docs/ cite no other version", () => {
    const other = listFiles(/^docs\/[^/]+\.md$/).filter((file) =>
      /[a-z]:[A-Za-z0-9_]+ @ (?!6\.12\.117\b)/.test(readFileSync(join(ROOT, file), "utf8")),
    );
    expect(other).toEqual([]);
  });
});
