import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { ToolError } from "../../tools/lib/error.ts";
import { r07AddressesParse } from "./r07-addresses-parse.ts";

const judgeCc = (address: string, baseText: () => Promise<string | undefined> = noList) =>
  judge(r07AddressesParse, {
    coverHeaders: [`Cc: ${address}`],
    cover: "mm: a\n\nOne.\n",
    context: { effects: { baseText } },
  });
const noList = async () => undefined;

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

test("who asked to be left out is found, with a tree", async () => {
  const list = async () => "# those\nB <b@a.org> # words\nA B <A@example.org>\n";
  expect(await judgeCc("Other <a@example.org>", list)).toEqual(["fail", "0000.patch:5"]);
  expect(await judgeCc("C <c@example.org>", list)).toEqual(["pass"]);
  const noTree = async () => {
    throw new ToolError("no tree", { kind: "environment", code: "no-kernel-tree" });
  };
  expect(await judgeCc("Other <a@example.org>", noTree)).toEqual(["pass"]);
});
