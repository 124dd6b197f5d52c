import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { s19ShallowThreading } from "./s19-shallow-threading.ts";

const judgeReply = (reply: string, coverHeaders = ["Message-ID: <0@a>"]) =>
  judge(s19ShallowThreading, { coverHeaders, patches: [{ headers: [`In-Reply-To: ${reply}`] }] });

test("an answer to another patch, or to nothing that is here, is found", async () => {
  expect(await judgeReply("<1@a>")).toEqual(["fail", "0001.patch:5"]);
  expect(await judgeReply("<0@a>", [])).toEqual(["fail", "0001.patch:5"]);
});

test("an answer to the cover letter passes, and so do mails without thread", async () => {
  expect(await judgeReply("<0@a>")).toEqual(["pass"]);
  expect(await judge(s19ShallowThreading, {})).toEqual(["pass"]);
});
