import fc from "fast-check";
import { expect, test } from "vitest";
import { loadSeriesConfig, locateStage, parseSeriesConfig } from "./load-series-config.ts";

const GOOD = `name: demo
title: a demo
stage: v1
base:
  package: linux-source-6.12
  version: 6.12.117-1~deb12u1
  tag: debian/6.12.117-1_deb12u1
  commit: cecd77435e15cc6ada54848149172da0056a34e4
stages:
  v1: { folder: v1, version: 1, prefix: RFC PATCH }
`;

const problemOf = (text: string): string => {
  try {
    parseSeriesConfig(text, "patches/series.yaml");
  } catch (error) {
    return (error as Error).message;
  }
  return "none";
};

test("a good file gives its values and the defaults", () => {
  const config = parseSeriesConfig(GOOD, "f");
  expect(config.base.version).toBe("6.12.117-1~deb12u1");
  expect(config.waivers).toEqual([]);
  expect(config.recipients).toEqual({ to: [], cc: [] });
  expect(locateStage(config, "/p")).toEqual({
    name: "v1",
    stage: { folder: "v1", version: 1, prefix: "RFC PATCH" },
    recipients: { to: [], cc: [] },
    dir: "/p/patches/v1",
    ref: "refs/rfckit/demo/v1",
  });
});

test("a stage comes after another one that is there, and not after itself", () => {
  const withStages = (stages: string): string =>
    GOOD.replace(/ {2}v1: .*\n/, `${stages}\n`).replace("stage: v1", "stage: a");
  const stage = (name: string, after: string): string =>
    `  ${name}: { folder: ${name}, version: 1, prefix: P, after: ${after} }`;
  const plain = "  b: { folder: b, version: 1, prefix: P }";
  expect(problemOf(withStages(`${stage("a", "b")}\n${plain}`))).toBe("none");
  expect(problemOf(withStages(stage("a", "b")))).toContain("'b' is not one of the stages: a");
  const circle = problemOf(withStages(`${stage("a", "b")}\n${stage("b", "a")}`));
  expect(circle).toContain("patches/series.yaml:10:49: 'stages.a.after': 'a' would come after");
  expect(circle).toContain("'b' would come after itself");
  expect(problemOf(withStages(stage("a", "a")))).toContain("'a' would come after itself");
});

test.each([
  ["an unknown key", `${GOOD}colour: red\n`, "1:1: the file has no key named 'colour'"],
  ["a nested one", GOOD.replace("  tag", "  tog: x\n  tag"), "5:3: 'base' has no key named 'tog'"],
  [
    "a short commit",
    GOOD.replace("cecd77435e15c", "c"),
    "8:11: 'base.commit': not a full commit id",
  ],
  ["a path as version", GOOD.replace("6.12.117-1~deb12u1", "../../x"), "6:12: 'base.version'"],
  ["a path as folder", GOOD.replace("folder: v1", "folder: .."), "10:17: 'stages.v1.folder'"],
  [
    "a stage that is not there",
    GOOD.replace("stage: v1", "stage: v2"),
    "3:8: 'stage': 'v2' is not",
  ],
  ["a missing base", GOOD.replace(/base:[\s\S]*(?=stages)/, ""), "1:1: 'base': expected object"],
  ["broken YAML", GOOD.replace("title: a demo", "title: [a"), "3:1: "],
  ["a key twice", `${GOOD}name: twice\n`, "11:1: Map keys must be unique"],
  ["an empty file", "", "1:1: the file: expected object"],
  ["binary", "\u0000\u0001\u0002", "1:1: "],
])("%s is told with its place", (_, text, problem) => {
  expect(problemOf(text)).toContain(`patches/series.yaml:${problem}`);
});

test("an unknown stage is the user's fault and names the known ones", () => {
  const config = parseSeriesConfig(GOOD, "f");
  const known = { kind: "user", code: "unknown-stage", message: expect.stringContaining("v1") };
  expect(() => locateStage(config, "/p", "v9")).toThrow(expect.objectContaining(known));
  expect(() => locateStage(config, "/p", "toString")).toThrow(expect.objectContaining(known));
});

test("no text makes the loader fail in another way than series-config-invalid", () => {
  const cut = fc
    .nat(GOOD.length)
    .chain((at) =>
      fc.string({ unit: "binary" }).map((noise) => GOOD.slice(0, at) + noise + GOOD.slice(at + 1)),
    );
  fc.assert(
    fc.property(cut, (text) => {
      try {
        parseSeriesConfig(text, "f");
      } catch (error) {
        expect(error).toMatchObject({ code: "series-config-invalid", kind: "config" });
      }
    }),
    { numRuns: 200 },
  );
});

test("a missing file is told with its path", async () => {
  await expect(loadSeriesConfig("/nonexistent")).rejects.toMatchObject({
    code: "series-config-missing",
    message: expect.stringContaining("/nonexistent/patches/series.yaml"),
  });
});

test("the shipped series is valid", async () => {
  const root = new URL("../../../", import.meta.url);
  expect((await loadSeriesConfig(root.pathname)).name).toBe("hbf");
});
