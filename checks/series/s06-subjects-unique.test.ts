import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { s06SubjectsUnique } from "./s06-subjects-unique.ts";

const series = (...subjects: string[]) => ({ patches: subjects.map((subject) => ({ subject })) });

test("the second of two is found", async () => {
  const found = await judge(s06SubjectsUnique, series("mm: a", "mm: b", "mm: a"));
  expect(found).toEqual(["fail", "0003.patch:4"]);
});

test("a difference in one letter is enough", async () => {
  expect(await judge(s06SubjectsUnique, series("mm: a", "mm: A"))).toEqual(["pass"]);
});
