import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { SENDER } from "../../tests/support/patch-mails.ts";
import { m02SubmitterSignsLast } from "./m02-submitter-signs-last.ts";

const author = "Signed-off-by: B <b@example.org>";

test("a patch that the author alone signed is found", async () => {
  const found = await judgeOne(m02SubmitterSignsLast, { message: `Why.\n\n${author}` });
  expect(found).toEqual(["fail", "0001.patch:8"]);
});

test("author, then sender, passes; an unsigned series is left to a person", async () => {
  const message = `Why.\n\n${author}\nSigned-off-by: ${SENDER}`;
  expect(await judgeOne(m02SubmitterSignsLast, { message })).toEqual(["pass"]);
  expect(await judgeOne(m02SubmitterSignsLast, {})).toEqual(["attest"]);
});
