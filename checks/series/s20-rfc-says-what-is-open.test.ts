import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { s20RfcSaysWhatIsOpen } from "./s20-rfc-says-what-is-open.ts";

const cover = (words: string) => `mm: a\n\nOne. Two. Three.\n\n${words}\n`;

test("an RFC that claims to be finished is found", async () => {
  const found = await judge(s20RfcSaysWhatIsOpen, { cover: cover("All is done.") });
  expect(found).toEqual(["fail", "0000.patch:4"]);
});

test.each([["Open questions:"], ["Not done\n========"], ["Known issues"], ["Limitations"]])(
  "'%s' passes",
  async (words) => {
    expect(await judge(s20RfcSaysWhatIsOpen, { cover: cover(words) })).toEqual(["pass"]);
  },
);

test("a series that is no RFC passes; one without a letter can't be judged", async () => {
  const merged = { cover: cover("Done."), prefix: "PATCH" };
  expect(await judge(s20RfcSaysWhatIsOpen, merged)).toEqual(["pass"]);
  const blind = { cover: null, patches: [{}, {}] };
  expect(await judge(s20RfcSaysWhatIsOpen, blind)).toEqual(["not-run"]);
});
