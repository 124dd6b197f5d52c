import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { t10MoreAnalyzers } from "./t10-more-analyzers.ts";

test("says that it is not run", async () => {
  expect(await judge(t10MoreAnalyzers, {})).toEqual(["not-run"]);
});
