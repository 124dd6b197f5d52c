import { expect, test } from "vitest";
import { createSeries, judgeOne } from "../../tests/support/judge-text.ts";
import { e04SenderIsAuthor } from "./e04-sender-is-author.ts";

test.each([
  ["in the header", {}, 2],
  ["in the body", { message: "From: C <c@example.org>\n\nWhy." }, 6],
])("another sender %s is found", async (_, draft, line) => {
  const context = createSeries({ patches: [draft] });
  const patches = context.patches.map((patch) => ({ ...patch, author: "B <b@example.org>" }));
  const { diagnostics } = await e04SenderIsAuthor.run({ ...context, patches });
  expect(diagnostics.map(({ place }) => place?.line)).toEqual([line]);
});

test("the author as sender or in the body passes", async () => {
  expect(await judgeOne(e04SenderIsAuthor, {})).toEqual(["pass"]);
  const relayed = { message: "From: B <b@example.org>\n\nWhy." };
  expect(await judgeOne(e04SenderIsAuthor, relayed)).toEqual(["pass"]);
});
