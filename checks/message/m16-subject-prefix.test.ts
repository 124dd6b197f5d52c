import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { m16SubjectPrefix } from "./m16-subject-prefix.ts";

test.each([["Add the device"], ["mm:add it"], ["mm : add"], ["a lot of words here: add"]])(
  "'%s' is found",
  async (subject) => {
    expect(await judgeOne(m16SubjectPrefix, { subject })).toEqual(["fail", "0001.patch:4"]);
  },
);

test.each([["mm: add"], ["selftests/mm: test"], ["docs: mm: tell"], ["x86/mm, kvm: a"]])(
  "'%s' passes",
  async (subject) => {
    expect(await judgeOne(m16SubjectPrefix, { subject })).toEqual(["pass"]);
  },
);
