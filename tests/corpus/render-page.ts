import type { Defect } from "./defect.ts";

/** A group of the list of rules, by the first letter of its checks. */
const GROUPS: Readonly<Record<string, string>> = {
  s: "series",
  m: "message and tags",
  e: "mail form",
  r: "recipients",
  l: "licence and hygiene",
  t: "static checks",
  k: "Kconfig",
  u: "user-space interface",
  d: "documentation",
  b: "builds",
  f: "selftests",
  x: "runtime",
};

/** The page that records what the gate finds of the corpus. */
export function renderCorpusPage(
  results: readonly { readonly defect: Pick<Defect, "finds">; readonly isFound: boolean }[],
  controls: readonly string[],
  findings: readonly string[],
): string {
  const found = results.filter(({ isFound }) => isFound).length;
  const recall = ((100 * found) / results.length).toFixed(1);
  const rows = Object.entries(GROUPS).map(([letter, title]) => {
    const own = results.filter(({ defect }) => defect.finds.startsWith(letter));
    const checks = new Set(own.map(({ defect }) => defect.finds)).size;
    const hits = own.filter(({ isFound }) => isFound).length;
    return `| ${title} | ${checks} | ${own.length} | ${hits} |`;
  });
  const missed = results.filter(({ isFound }) => !isFound).map(({ defect }) => defect.finds);
  return `# What the gate finds of seeded defects

Made by \`npm run corpus\`, which judges every defect of \`tests/corpus/\`. A defect is found when
the check that it is for names its mail and its line. A round trip that differs and a run in a guest
have no line: there the check has to fail with a finding.

- ${results.length} defects, ${found} found: recall ${recall} %
- ${controls.length} single patches for files of 6.12 without a defect, ${findings.length} findings
- missed: ${missed.length === 0 ? "none" : missed.join(", ")}

| group | checks | defects | found |
| --- | --- | --- | --- |
${rows.join("\n")}

Defects of configurations, of runs in a guest and of what others answered are given the answer of
the build, the guest or the mailbox; the tests of these parts are elsewhere. The other defects are
judged as texts, or in the kernel tree with its own scripts and the compilers of this machine.
`;
}
