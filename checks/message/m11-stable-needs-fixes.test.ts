import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { m11StableNeedsFixes } from "./m11-stable-needs-fixes.ts";

const fixes = 'Fixes: 123456789012 ("x")';
const judge = (...tags: string[]) =>
  judgeOne(m11StableNeedsFixes, { message: `Why.\n\n${tags.join("\n")}` });

test.each([["Cc: stable@vger.kernel.org"], ["Cc: <stable@vger.kernel.org> # 6.12"]])(
  "'%s' alone is found",
  async (cc) => {
    expect(await judge(cc)).toEqual(["fail", "0001.patch:8"]);
  },
);

test("another address is found", async () => {
  expect(await judge(fixes, "Cc: stable@example.org")).toEqual(["fail", "0001.patch:9"]);
});

test("both pass, and any other Cc", async () => {
  expect(await judge(fixes, "Cc: stable@vger.kernel.org # 6.12")).toEqual(["pass"]);
  expect(await judge("Cc: B <b@example.org>")).toEqual(["pass"]);
});
