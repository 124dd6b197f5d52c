import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { m26SubjectNoTool } from "./m26-subject-no-tool.ts";

test.each([["mm: fix checkpatch errors"], ["mm: silence a sparse warning"], ["mm: Coverity fix"]])(
  "'%s' is found",
  async (subject) => {
    expect(await judgeOne(m26SubjectNoTool, { subject })).toEqual(["fail", "0001.patch:4"]);
  },
);

test.each([["mm: sparse: fix a leak"], ["checkpatch: know a word"], ["mm: keep a sparse map"]])(
  "'%s' passes",
  async (subject) => {
    expect(await judgeOne(m26SubjectNoTool, { subject })).toEqual(["pass"]);
  },
);
