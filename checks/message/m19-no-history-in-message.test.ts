import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { m19NoHistoryInMessage } from "./m19-no-history-in-message.ts";

test.each([
  ["Changes in v2:"],
  ["v1 -> v2: rename"],
  ["v2:"],
  ["Changes since v1"],
  ["Changelog:"],
])("'%s' is found", async (words) => {
  const found = await judgeOne(m19NoHistoryInMessage, { message: `Why.\n\n${words}\n- a` });
  expect(found).toEqual(["fail", "0001.patch:8"]);
});

test("history below the divider, and a v2 in prose, pass", async () => {
  const draft = { message: "Only cgroup v2: has it.", notes: "Changes in v2:\n- a" };
  expect(await judgeOne(m19NoHistoryInMessage, draft)).toEqual(["pass"]);
});
