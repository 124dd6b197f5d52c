import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import {
  declaredProgram,
  faultOfCommandLine,
  rfckitCalls,
} from "../tools/cli/help/declared-program.ts";
import { listFiles, type MarkdownPage, ROOT, readMarkdown } from "./support/markdown.ts";

const PAGES = listFiles(/^(?:README|CONTRIBUTING)\.md$|^docs\/.*\.md$/);
const read = (file: string): MarkdownPage => readMarkdown(readFileSync(join(ROOT, file), "utf8"));

/** Why a link does not resolve, or undefined. Links with a scheme are not followed. */
function faultOfLink(file: string, target: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return undefined;
  const [path = "", anchor] = target.split("#");
  const full = path === "" ? join(ROOT, file) : resolve(ROOT, dirname(file), decodeURI(path));
  if (relative(ROOT, full).startsWith("..")) return "leaves the repository";
  if (!existsSync(full)) return "no such file";
  if (anchor === undefined) return undefined;
  if (statSync(full).isDirectory()) return "a folder has no anchors";
  const { anchors } = readMarkdown(readFileSync(full, "utf8"));
  return anchors.has(anchor) ? undefined : `no heading '#${anchor}'`;
}

describe("links and anchors", () => {
  test("the pages are found", () => {
    expect(PAGES).toEqual(expect.arrayContaining(["README.md", "docs/README.md"]));
    expect(PAGES.length).toBeGreaterThan(15);
  });

  test("the test sees what is broken", () => {
    expect(faultOfLink("README.md", "no-such-file.md")).toBe("no such file");
    expect(faultOfLink("docs/README.md", "../../outside.md")).toBe("leaves the repository");
    expect(faultOfLink("README.md", "CONTRIBUTING.md#no-such-heading")).toContain("no heading");
    expect(faultOfLink("README.md", "#license")).toBeUndefined();
    const page = readMarkdown(
      "# A `b()`, c\n\n## x\n\n## x\n\n[t](u.md)\n\n```sh\nrfckit a\n```\n",
    );
    expect([...page.anchors]).toEqual(["a-b-c", "x", "x-1"]);
    expect(page.links).toEqual([{ line: 7, text: "u.md" }]);
    expect(page.code).toContainEqual({ line: 10, text: "rfckit a" });
  });

  test.each(PAGES)("%s", (file) => {
    const { links } = read(file);
    const faults = links.flatMap(({ line, text }) => {
      const fault = faultOfLink(file, text);
      return fault === undefined ? [] : [`${file}:${line}: '${text}': ${fault}`];
    });
    expect(faults).toEqual([]);
  });

  test("every page has one title", () => {
    expect(PAGES.filter((file) => read(file).titles !== 1)).toEqual([]);
  });

  test("every page of docs/ is reached from its index, and so is the index", () => {
    const linked = read("docs/README.md").links.map(({ text }) => `docs/${text}`);
    const top = PAGES.filter((file) => /^docs\/[^/]+\.md$/.test(file));
    expect(top.filter((file) => file !== "docs/README.md" && !linked.includes(file))).toEqual([]);
    expect(read("README.md").links.map(({ text }) => text)).toContain("docs/README.md");
  });
});

describe("commands", () => {
  const program = declaredProgram();

  test("the test sees what is wrong", () => {
    const fault = (line: string): (string | undefined)[] =>
      rfckitCalls(line).map((words) => faultOfCommandLine(program, words));
    expect(fault("npx rfckit no-such-verb")).toEqual(["'rfckit' has no command 'no-such-verb'"]);
    expect(fault("rfckit series no-such")).toEqual(["'series' has no command 'no-such'"]);
    expect(fault("rfckit verify --no-such=1")).toEqual(["'verify' has no option '--no-such'"]);
    expect(fault('cd "$(npx rfckit kernel get --print-path)"')).toEqual([undefined]);
    expect(rfckitCalls("cd rfckit")).toEqual([]);
  });

  test.each(PAGES)("that %s names exist", (file) => {
    const faults = read(file).code.flatMap(({ line, text }) =>
      rfckitCalls(text).flatMap((words) => {
        const fault = faultOfCommandLine(program, words);
        return fault === undefined ? [] : [`${file}:${line}: ${fault}`];
      }),
    );
    expect(faults).toEqual([]);
  });
});
