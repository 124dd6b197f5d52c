import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { m07ReviewEvidence } from "./m07-review-evidence.ts";

const TAG = "Reviewed-by: Bo <bo@example.org>";
const judgeTags = (tags: string[] | undefined, message = `Words.\n\n${TAG}`) =>
  judge(m07ReviewEvidence, {
    patches: [{ message }],
    context: {
      effects: {
        replies: async () =>
          tags === undefined ? undefined : [{ from: "Bo", messageId: "1@a", subject: "Re", tags }],
      },
    },
  });

test("a tag that no answer has is found", async () => {
  expect(await judgeTags([])).toEqual(["fail", "0001.patch:8"]);
  expect(await judgeTags([TAG])).toEqual(["pass"]);
});

test("without the answers nothing can be said, without tags nothing has to be", async () => {
  expect(await judgeTags(undefined)).toEqual(["not-run"]);
  expect(await judgeTags(undefined, "Words.")).toEqual(["pass"]);
});
