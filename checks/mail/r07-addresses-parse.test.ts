import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { r07AddressesParse } from "./r07-addresses-parse.ts";

const judgeCc = (address: string) =>
  judge(r07AddressesParse, { coverHeaders: [`Cc: ${address}`], cover: "mm: a\n\nOne.\n" });

test.each([["A. B <a@example.org>"], ["A <a@example.org"], ["a@example"], ["a b@example.org"]])(
  "'%s' is found",
  async (address) => {
    expect(await judgeCc(address)).toEqual(["fail", "0000.patch:5"]);
  },
);

test.each([['"A. B" <a@example.org>'], ["A <a@example.org>, b@example.org"]])(
  "'%s' passes",
  async (address) => {
    expect(await judgeCc(address)).toEqual(["pass"]);
  },
);
