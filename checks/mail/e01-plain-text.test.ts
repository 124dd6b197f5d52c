import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { e01PlainText } from "./e01-plain-text.ts";

test.each([
  ["Content-Transfer-Encoding: base64"],
  ["Content-Transfer-Encoding: quoted-printable"],
  ["Content-Type: multipart/mixed; boundary=x"],
  ["Content-Type: text/html"],
])("'%s' is found", async (header) => {
  expect(await judgeOne(e01PlainText, { headers: [header] })).toEqual(["fail", "0001.patch:5"]);
});

test("what git writes passes", async () => {
  const headers = ["Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 8bit"];
  expect(await judgeOne(e01PlainText, { headers })).toEqual(["pass"]);
});
