import { expect, test } from "vitest";
import { makeRepo, planOf } from "../../../tests/support/split-repo.ts";
import { assignPlan } from "./assign-plan.ts";
import { findEarlyUses } from "./find-early-uses.ts";
import { readChanges } from "./read-changes.ts";

const CODE = `#define LIMIT 4
struct hint {
	int op;
};
/* check() comes later in this comment only */
static int check(const struct hint *hint)
{
	return hint->op < LIMIT;
}
int run(struct hint *hint)
{
	return check(hint);
}
`;

async function usesOf(takes: readonly unknown[][]): Promise<string[]> {
  const repo = makeRepo([
    { tree: { "mm/Makefile": ["100644", "obj-y := a.o\n"] } },
    {
      tree: {
        "mm/Makefile": ["100644", "obj-y := a.o\nobj-$(CONFIG_HBF) += hbf.o\n"],
        "mm/hbf.c": ["100644", CODE],
        "Documentation/hbf.rst": ["100644", "run() calls check()\n"],
      },
    },
  ]);
  try {
    const files = await readChanges(repo.git, "main~1", "main");
    const plan = planOf(takes.map((take, at) => ({ message: `${at}`, take })));
    const { owners, problems, missed } = assignPlan(plan, files);
    expect([...problems, ...missed]).toEqual([]);
    return findEarlyUses(files, owners);
  } finally {
    repo.end();
  }
}

test("a use before the definition is told with both commits", async () => {
  const uses = await usesOf([
    [{ path: "Documentation/" }, { path: "mm/Makefile" }],
    [{ symbol: "run" }],
    [{ symbol: "hint" }, { symbol: "LIMIT" }],
    [{ rest: "**" }],
  ]);
  expect(uses).toEqual([
    "commit 2 uses 'hint' (mm/hbf.c:10), which commit 3 adds",
    "commit 2 uses 'check' (mm/hbf.c:12), which commit 4 adds",
    "commit 1 builds 'hbf.o' (mm/Makefile:2), whose source commit 2 adds",
  ]);
});

test("definitions before their uses give no note", async () => {
  const uses = await usesOf([
    [{ path: "Documentation/" }],
    [{ symbol: "hint" }, { symbol: "LIMIT" }],
    [{ symbol: "check" }, { path: "mm/Makefile" }],
    [{ rest: "**" }],
  ]);
  expect(uses).toEqual([]);
});
