import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { d03HtmldocsClean } from "./d03-htmldocs-clean.ts";

test("says that it is not run", async () => {
  expect(await judge(d03HtmldocsClean, {})).toEqual(["not-run"]);
});
