import { expect, test } from "vitest";
import { judgeOne, patchOf } from "../../tests/support/judge-text.ts";
import { changeFile, writeMail } from "../../tests/support/patch-mails.ts";
import { createContext } from "../../tests/support/review-context.ts";
import { m25CleanCharacters } from "./m25-clean-characters.ts";

test.each([
  ["a right-to-left override", "\u202e"],
  ["a zero-width space", "\u200b"],
  ["an escape", "\u001b"],
  ["a byte order mark", "\ufeff"],
])("%s is found in the message and in an added line", async (_, character) => {
  const message = `Why ${character}.`;
  const diff = changeFile("mm/a.c", `int a${character};`);
  const found = await judgeOne(m25CleanCharacters, { message, diff });
  expect(found).toEqual(["fail", "0001.patch:6", "0001.patch:17"]);
});

test("bytes that are no UTF-8 are found", async () => {
  const bytes = Buffer.from(writeMail({ message: "caf\u00e9" }, "[PATCH]"), "latin1");
  const context = createContext({ patches: [patchOf(bytes, 1, 1)] });
  const { diagnostics } = await m25CleanCharacters.run(context);
  expect(diagnostics[0]).toMatchObject({ place: { line: 6, column: 4 }, what: /UTF-8/ });
});

test("umlauts, tabs, a form feed and what a diff only shows pass", async () => {
  const diff = changeFile("mm/a.c", "\tint a;\f", "\u200b old");
  const draft = { message: "Gr\u00fc\u00dfe \u2013 \u{1f600}", diff };
  expect(await judgeOne(m25CleanCharacters, draft)).toEqual(["pass"]);
});
