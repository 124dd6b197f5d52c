import { expect, test } from "vitest";
import { createContext, createPatch } from "../../tests/support/review-context.ts";
import { m01AuthorSignOff } from "./m01-author-sign-off.ts";

const author = createPatch().author;
const judge = (...bodies: string[]) =>
  m01AuthorSignOff.run(createContext({ patches: bodies.map((body) => createPatch({ body })) }));

test("a series that nobody signed is left to its submitter, and never passes", async () => {
  const { verdict } = await judge("Why.\n", "Why.\n");
  expect(verdict.kind).toBe("attest");
});

test("the author's own sign-off on every patch passes", async () => {
  const { verdict } = await judge(`Why.\n\nSigned-off-by: ${author}\n`);
  expect(verdict.kind).toBe("pass");
});

test.each([
  ["one patch of two is unsigned", [`Signed-off-by: ${author}\n`, "Why.\n"]],
  ["somebody else signed", ["Signed-off-by: Other <other@rfckit.invalid>\n"]],
  ["the name differs", [`Signed-off-by: x${author}\n`]],
  ["the tag is quoted, not given", [`Signed-off-by: ${author}\n`, `> Signed-off-by: ${author}\n`]],
])("fails when %s", async (_, bodies) => {
  const { verdict, diagnostics } = await judge(...bodies);
  expect(verdict.kind).toBe("fail");
  expect(diagnostics).toHaveLength(1);
});
