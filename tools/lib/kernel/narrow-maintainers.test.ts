import { expect, test } from "vitest";
import { parseMaintainers } from "./maintainers-file.ts";
import { narrowMaintainers } from "./narrow-maintainers.ts";

const TEXT = `Maintainers List
----------------

3C59X DRIVER
M:	A <a@example.org>
F:	drivers/net/3com/3c59x.c

HBF HINTS
M:	B <b@example.org>
F:	mm/hbf*
X:	mm/hbf_old.c

NUMA
L:	numa@example.org
N:	[^a-z]numa

RANDOM
K:	\\brandom\\b

STRANGE
F:	zza+b/

THE REST
F:	*
F:	*/
`;

const titlesFor = (diff: string): string[] =>
  parseMaintainers(narrowMaintainers(TEXT, new TextEncoder().encode(diff))).map(
    ({ title }) => title,
  );
const diffOf = (old: string, now: string): string => `diff --git a/${old} b/${now}\n`;

test.each([
  [diffOf("mm/hbf.c", "mm/hbf.c"), ["HBF HINTS"]],
  ["--- a/net/x.c\n+++ b/drivers/net/3com/3c59x.c\n", ["3C59X DRIVER"]],
  [`${diffOf("net/a", "net/b")}rename from mm/hbf.c\nrename to mm/b\n`, ["HBF HINTS"]],
  // Where a sign may mean something else than itself, an entry stays rather than goes.
  [diffOf("zzaab/c", "zzaab/c"), ["STRANGE"]],
  [diffOf("net/x.c", "net/x.c"), []],
])("%j is for %j and for whatever is an expression", (diff, titles) => {
  const always = ["NUMA", "RANDOM", "THE REST"];
  expect(titlesFor(diff).toSorted()).toEqual([...titles, ...always].toSorted());
});

test("what stays keeps its text, and what goes leaves none", () => {
  const text = narrowMaintainers(TEXT, new TextEncoder().encode(diffOf("mm/hbf.c", "mm/hbf.c")));
  expect(text).toContain("HBF HINTS\nM:\tB <b@example.org>\nF:\tmm/hbf*\nX:\tmm/hbf_old.c\n\nNUMA");
  expect(text).not.toContain("3c59x");
  expect(text).not.toContain("STRANGE");
});
