import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { newFile } from "../../tests/support/patch-mails.ts";
import { d04InAToctree } from "./d04-in-a-toctree.ts";

const PATH = "Documentation/mm/hbf.rst";
const judgeDoc = (text: string, isListed = true) =>
  judge(d04InAToctree, {
    patches: [{ diff: newFile(PATH, text) }],
    context: {
      effects: {
        textAt: async (_, path) =>
          path === PATH ? text : path === "Documentation/mm/numa.rst" ? "words" : undefined,
        searchAt: async (_, pattern) => {
          const isHit = pattern.includes("known") || (pattern.includes("hbf") && isListed);
          return isHit ? [{ path: "index.rst", line: 1, text: "   hbf" }] : [];
        },
      },
    },
  });

test("a document that no toctree has is found, unless it says so", async () => {
  expect(await judgeDoc("Words", false)).toEqual(["fail", "0001.patch:11"]);
  expect(await judgeDoc(":orphan:", false)).toEqual(["pass"]);
  expect(await judgeDoc("Words")).toEqual(["pass"]);
});

test.each([
  ["See :doc:`nowhere`.", ["fail", "0001.patch:17"]],
  ["See :doc:`the text </mm/nowhere>`.", ["fail", "0001.patch:17"]],
  ["See :ref:`unheard`.", ["fail", "0001.patch:17"]],
  ["See :doc:`numa` and :doc:`/mm/numa` and :ref:`a text <known>`.", ["pass"]],
])("%j: %j", async (text, expected) => {
  expect(await judgeDoc(text)).toEqual(expected);
});
