import { expect, test } from "vitest";
import { createContext } from "../../tests/support/review-context.ts";
import { parsePatch } from "../../tools/lib/patch/parse-patch.ts";
import { s23RoundTrip } from "./s23-round-trip.ts";

test("an identical export passes", async () => {
  const context = createContext({ effects: { roundTrip: async () => ({ identical: true }) } });
  expect((await s23RoundTrip.run(context)).verdict.kind).toBe("pass");
});

test("a difference fails and names the file", async () => {
  const difference = { file: "patches/v1/0002-x.patch", what: "line 7 differs" };
  const context = createContext({
    effects: { roundTrip: async () => ({ identical: false, difference }) },
  });
  const result = await s23RoundTrip.run(context);
  expect(result.verdict.kind).toBe("fail");
  expect(result.diagnostics[0]).toMatchObject({ what: "line 7 differs" });
  expect(result.diagnostics[0]?.place).toEqual({ file: "patches/v1/0002-x.patch" });
});

test("the key changes with the bytes of the cover letter", async () => {
  const cover = (text: string) => {
    const bytes = new TextEncoder().encode(text);
    return { file: "0000", bytes, parsed: parsePatch(bytes) };
  };
  const keyOf = (text: string) => s23RoundTrip.inputs(createContext({ coverLetter: cover(text) }));
  expect(await keyOf("a")).not.toEqual(await keyOf("b"));
});
