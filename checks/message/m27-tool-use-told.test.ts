import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { m27ToolUseTold } from "./m27-tool-use-told.ts";

const patches = [{}, { message: "Why.\n\nAssisted-by: AGENT:MODEL" }];

test("a tag that nobody explains is found", async () => {
  expect(await judge(m27ToolUseTold, { patches })).toEqual(["fail", "0002.patch:8"]);
});

test("an explanation passes, and so does a series without the tag", async () => {
  const cover = "mm: a\n\nDrafted with an assistant, rewritten by hand.\n";
  expect(await judge(m27ToolUseTold, { patches, cover })).toEqual(["pass"]);
  expect(await judge(m27ToolUseTold, {})).toEqual(["pass"]);
});

test("without a cover letter nobody can tell", async () => {
  expect(await judge(m27ToolUseTold, { patches, cover: null })).toEqual(["not-run"]);
});
