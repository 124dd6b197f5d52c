import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { b06ClangBuilds } from "./b06-clang-builds.ts";

test("says that it is not run", async () => {
  expect(await judge(b06ClangBuilds, {})).toEqual(["not-run"]);
});
