import type { ReviewContext } from "./context.ts";
import type { Check } from "./contract.ts";

/** What the letter of an id stands for, in the order of the reference. */
const GROUPS: Readonly<Record<string, string>> = {
  s: "Series",
  m: "Message and tags",
  e: "Mail form",
  r: "Recipients",
  l: "Licence and hygiene",
  t: "Static checks",
  k: "Kconfig",
  u: "User-space interface",
  d: "Documentation",
  f: "Selftests",
  b: "Builds",
  x: "Runtime",
};

/** The page of one check, as Markdown: what, why, where the rule is from, what to do. */
export function renderCheckPage(check: Check<ReviewContext>): string {
  const { id, title, why, source, cost, page } = check;
  return `${[
    `### ${id}`,
    `${capital(title)}.`,
    `Why: ${why}.`,
    `Source: ${source}. Cost: ${cost}.`,
    `Fix: ${page.fix}.`,
    example("Found:", page.bad),
    example("Wanted:", page.good),
  ].join("\n\n")}\n`;
}

/** The reference of all checks, by group. */
export function renderChecksReference(checks: readonly Check<ReviewContext>[]): string {
  const groups = Object.entries(GROUPS).flatMap(([letter, title]) => {
    const pages = checks.filter(({ id }) => id.startsWith(letter)).map(renderCheckPage);
    return pages.length === 0 ? [] : [`## ${title}\n\n${pages.join("\n")}`];
  });
  const intro = "Made by `npm run generate` from the checks; `rfckit explain ID` prints one.";
  return `# The checks of the gate\n\n${intro}\n\n${groups.join("\n")}`;
}

function example(head: string, text: string): string {
  return `${head}\n\n${text
    .split("\n")
    .map((line) => `    ${line}`.trimEnd())
    .join("\n")}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
