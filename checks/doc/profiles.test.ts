import { expect, test } from "vitest";
import { DOC_PROFILES, rulesFor } from "./profiles.ts";
import { DOC_RULES } from "./rule-registry.ts";

const IDS = DOC_RULES.map((rule) => rule.id);

test("profiles name rules that exist, each once, and every rule is in one", () => {
  const named = Object.values(DOC_PROFILES).map(({ rules }) => rules as readonly string[]);
  for (const rules of named) expect(rules.length).toBe(new Set(rules).size);
  expect([...new Set(named.flat())].sort()).toEqual([...IDS].sort());
});

test("every rule of the project looks at Markdown, every other one at reStructuredText", () => {
  expect(rulesFor("md", undefined).every((rule) => rule.kinds.includes("md"))).toBe(true);
  expect(rulesFor("rst", "rfc").every((rule) => rule.kinds.includes("rst"))).toBe(true);
});

test("a request for comments is asked all that the kernel asks", () => {
  const rfc: readonly string[] = DOC_PROFILES.rfc.rules;
  expect(DOC_PROFILES.kernel.rules.filter((rule) => !rfc.includes(rule))).toEqual([]);
});
