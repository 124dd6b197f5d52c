import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { s16ReviewTagsKept } from "./s16-review-tags-kept.ts";

const TAG = "Reviewed-by: Bo <bo@example.org>";
const judgeTag = (status: "same" | "retagged" | "changed", message: string, notes = "words") =>
  judge(s16ReviewTagsKept, {
    patches: [{ message, notes }],
    context: {
      version: 2,
      effects: {
        formerVersion: async () => [
          { position: "1/1", status, former: { subject: "mm: add", tags: [TAG] } },
        ],
      },
    },
  });

test("a tag kept on a changed patch, or dropped, is found unless it is spoken of", async () => {
  expect(await judgeTag("changed", `Words.\n\n${TAG}`)).toEqual(["fail", "0001.patch:8"]);
  expect(await judgeTag("changed", "Words.")).toEqual(["fail", "0001.patch:4"]);
  expect(await judgeTag("changed", `Words.\n\n${TAG}`, "kept the tag of Bo")).toEqual(["pass"]);
  expect(await judgeTag("same", `Words.\n\n${TAG}`)).toEqual(["pass"]);
  expect(await judgeTag("retagged", `Words.\n\n${TAG}`)).toEqual(["pass"]);
  expect(await judgeTag("retagged", "Words.")).toEqual(["fail", "0001.patch:4"]);
});

test("without the version before a person says so; a first version has none", async () => {
  const effects = { formerVersion: async () => undefined };
  expect(await judge(s16ReviewTagsKept, { context: { version: 2, effects } })).toEqual(["attest"]);
  expect(await judge(s16ReviewTagsKept, {})).toEqual(["pass"]);
});
