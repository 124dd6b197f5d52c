import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { x08WorksOnNext } from "./x08-works-on-next.ts";

test("is left to a person", async () => {
  expect(await judge(x08WorksOnNext, {})).toEqual(["attest"]);
});
