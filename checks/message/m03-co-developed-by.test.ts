import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { m03CoDevelopedBy } from "./m03-co-developed-by.ts";

const b = "B <b@example.org>";
const a = "Signed-off-by: A <a@example.org>";

test.each([[a], [`${a}\nSigned-off-by: ${b}`], [""]])("followed by %j is found", async (after) => {
  const message = `Why.\n\nCo-developed-by: ${b}\n${after}`;
  expect(await judgeOne(m03CoDevelopedBy, { message })).toEqual(["fail", "0001.patch:8"]);
});

test("followed by the sign-off of the same person passes", async () => {
  const message = `Why.\n\nCo-developed-by: ${b}\nSigned-off-by: ${b}\n${a}`;
  expect(await judgeOne(m03CoDevelopedBy, { message })).toEqual(["pass"]);
});
