import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { m18BodyWrapped } from "./m18-body-wrapped.ts";

const wide = (length: number) => `word ${"a".repeat(length - 5)}`;

test.each([
  ["tags alone", "Signed-off-by: A <a@example.org>", 4],
  ["76 columns", `Why.\n${wide(76)}`, 7],
])("%s are found", async (_, message, line) => {
  const found = await judgeOne(m18BodyWrapped, { message });
  expect(found).toEqual(["fail", `0001.patch:${line}`]);
});

test("75 columns, quotes, output, tags and addresses pass", async () => {
  const long = wide(90);
  const lines = [wide(75), `> ${long}`, `  ${long}`, `See https://x.example.org/${long}`];
  const message = [...lines, "\u00e4".repeat(70), "", `Cc: B <${"b".repeat(90)}@x>`].join("\n");
  expect(await judgeOne(m18BodyWrapped, { message })).toEqual(["pass"]);
});
