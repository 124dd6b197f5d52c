import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import type { PatchHistory } from "../tree-effects.ts";
import { s15Changelog } from "./s15-changelog.ts";

const former = { subject: "mm: a", tags: [] };
const history = (status: PatchHistory["status"]) => ({
  formerVersion: async () => [
    { position: "1/2", status: "same", former } as const,
    { position: "2/2", status, former },
  ],
});
const version = (number: number, words: string) => ({
  cover: `mm: a\n\nOne.\n\n${words}\n- a\n`,
  prefix: `PATCH v${number}`,
  context: { version: number, effects: history("same") },
});
/** Version 3 of two patches, of which the second has a status. */
const judgeSecond = (status: PatchHistory["status"], told = "- a", notes = "words") =>
  judge(s15Changelog, {
    cover: `mm: a\n\nChanges in v3\n=============\n\n${told}\n\nOther\n=====\n\n2/2\n\nA (1):\n  x\n`,
    patches: [{}, { subject: "mm: hbf: check the\n range", notes }],
    context: { version: 3, effects: history(status) },
  });

test.each([["Nothing."], ["Changes in v1:"], ["We made changes."]])(
  "version 3 with '%s' is found, also without a tree",
  async (words) => {
    const draft = { ...version(3, words), context: { version: 3 } };
    expect(await judge(s15Changelog, draft)).toEqual(["fail", "0000.patch:4"]);
  },
);

test.each([["Changes in v3:"], ["Changes since v2"], ["v2 -> v3"], ["Changelog v3"], ["v3:"]])(
  "version 3 with '%s' passes",
  async (words) => {
    expect(await judge(s15Changelog, version(3, words))).toEqual(["pass"]);
  },
);

test("the first version needs none, and a later one without a letter can't be judged", async () => {
  expect(await judge(s15Changelog, {})).toEqual(["pass"]);
  const blind = { cover: null, patches: [{}, {}], context: { version: 2 } };
  expect(await judge(s15Changelog, blind)).toEqual(["not-run"]);
});

test("a patch that changed and is spoken of nowhere is found, and only that", async () => {
  expect(await judgeSecond("changed")).toEqual(["fail", "0002.patch:4"]);
  expect(await judgeSecond("changed", "- 1/2: x, 12/20: y")).toEqual(["fail", "0002.patch:4"]);
  expect(await judgeSecond("changed", "- a", "Changes in v2:")).toEqual(["fail", "0002.patch:4"]);
  for (const status of ["same", "retagged", "added"] as const) {
    expect(await judgeSecond(status)).toEqual(["pass"]);
  }
});

test.each([["- 2/2: x"], ["- patch 02: x"], ["- hbf: check the\n  range: x"]])(
  "a changed patch that the letter calls '%s' passes",
  async (told) => {
    expect(await judgeSecond("changed", told)).toEqual(["pass"]);
  },
);

test("a changed patch with its own words passes", async () => {
  expect(await judgeSecond("changed", "- a", "Changes in v3:\n- x")).toEqual(["pass"]);
  expect(await judgeSecond("changed", "- a", "v2->v3: x")).toEqual(["pass"]);
});

test("when nobody says what the version before was, a person says so", async () => {
  const effects = { formerVersion: async () => undefined };
  const draft = { ...version(2, "Changes in v2:"), context: { version: 2, effects } };
  expect(await judge(s15Changelog, draft)).toEqual(["attest"]);
});

test("what was before is part of the key", async () => {
  const { createSeries } = await import("../../tests/support/judge-text.ts");
  const keyOf = async (status: PatchHistory["status"]) => {
    const context = { version: 2, effects: history(status) };
    return await s15Changelog.inputs(createSeries({ ...version(2, "Changes in v2:"), context }));
  };
  expect(await keyOf("same")).not.toEqual(await keyOf("changed"));
});
