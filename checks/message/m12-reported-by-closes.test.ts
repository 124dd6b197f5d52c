import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { m12ReportedByCloses } from "./m12-reported-by-closes.ts";

const reported = "Reported-by: B <b@example.org>";
const judge = (...tags: string[]) =>
  judgeOne(m12ReportedByCloses, { message: `Why.\n\n${tags.join("\n")}` });

test("a report without its place, or with none that is public, is found", async () => {
  expect(await judge(reported, "Acked-by: A <a@example.org>")).toEqual(["fail", "0001.patch:8"]);
  expect(await judge(reported, "Closes: bug 12")).toEqual(["fail", "0001.patch:9"]);
});

test("a report with its place passes", async () => {
  expect(await judge(reported, "Closes: https://example.org/x")).toEqual(["pass"]);
});
