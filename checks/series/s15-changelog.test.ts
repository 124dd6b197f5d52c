import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { s15Changelog } from "./s15-changelog.ts";

const version = (number: number, words: string) => ({
  cover: `mm: a\n\nOne.\n\n${words}\n- a\n`,
  prefix: `PATCH v${number}`,
  context: { version: number },
});

test.each([["Nothing."], ["Changes in v1:"], ["We made changes."]])(
  "version 3 with '%s' is found",
  async (words) => {
    expect(await judge(s15Changelog, version(3, words))).toEqual(["fail", "0000.patch:4"]);
  },
);

test.each([["Changes in v3:"], ["Changes since v2"], ["v2 -> v3"], ["Changelog v3"]])(
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
