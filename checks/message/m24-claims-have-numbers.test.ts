import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { m24ClaimsHaveNumbers } from "./m24-claims-have-numbers.ts";

test.each([["It is much faster."], ["This reduces the latency."], ["That speeds up faults."]])(
  "'%s' is pointed at",
  async (claim) => {
    const found = await judgeOne(m24ClaimsHaveNumbers, { message: `Why 1.\n\n${claim}` });
    expect(found).toEqual(["pass", "warning 0001.patch:8"]);
  },
);

test("a claim with a number near it passes", async () => {
  const message = "It is faster:\n12 us instead of 90 us.";
  expect(await judgeOne(m24ClaimsHaveNumbers, { message })).toEqual(["pass"]);
});
