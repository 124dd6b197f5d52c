import { expect, test } from "vitest";
import { firstDifference } from "../../../tests/support/compare-rst.ts";
import { askDocutils } from "../../../tests/support/docutils-oracle.ts";
import { readKernelDocs } from "../../../tests/support/kernel-docs.ts";
import { mutate } from "../../../tests/support/rst-mutants.ts";
import { parseRst } from "./parser.ts";

const MUTANTS = 10_000;
/** Share of mutants that have to be parsed as docutils parses them. */
const REQUIRED = 0.995;

/** docutils speaks of names that are defined twice, which a rule of the linter does here. */
const isAboutNames = (text: string): boolean =>
  /^Duplicate (?:explicit|implicit) target/.test(text);
/** How many warnings, errors and severe errors there are. */
function countLevels(levels: readonly number[]): string {
  return [2, 3, 4].map((level) => levels.filter((it) => it === level).length).join(" ");
}

test("damaged documents are parsed as docutils parses them, and as much is reported", async () => {
  const documents = (await readKernelDocs("Documentation")).map(([, text]) => text);
  const mutants = Array.from({ length: MUTANTS }, (_, seed) => mutate(documents, seed));
  const answers = await askDocutils(mutants);
  const different: string[] = [];
  const differentLevels: string[] = [];
  let compared = 0;
  for (const [seed, mutant] of mutants.entries()) {
    const answer = answers[seed] ?? { error: "no answer" };
    // docutils itself fails on a few: nothing to compare with.
    if ("error" in answer) continue;
    compared++;
    const difference = firstDifference(mutant, answer);
    if (difference !== undefined) different.push(`mutate(documents, ${seed}): ${difference}`);
    const theirs = answer.messages.filter(([, , text]) => !isAboutNames(text)).map(([it]) => it);
    const ours = parseRst(mutant).messages.map(({ level }) => level);
    if (countLevels(ours) !== countLevels(theirs)) differentLevels.push(`${seed}`);
  }
  expect(compared).toBeGreaterThan(MUTANTS * REQUIRED);
  expect(different.length / compared, different.slice(0, 5).join("\n")).toBeLessThan(1 - REQUIRED);
  const share = differentLevels.length / compared;
  expect(share, differentLevels.slice(0, 5).join("\n")).toBeLessThan(1 - REQUIRED);
});
