import fc from "fast-check";
import { expect, test } from "vitest";
import {
  gitIn,
  ME,
  makeRepo,
  planOf,
  requestOf,
  type TestRepo,
  type Tree,
} from "../../../tests/support/split-repo.ts";
import { countParts, type FileChange } from "./change.ts";
import { readChanges } from "./read-changes.ts";
import { splitCommits } from "./split-commits.ts";

const RUNS = Number(process.env["RFCKIT_PROPERTY_RUNS"] ?? 25);

const PATHS = ["a", "b.c", "d", "d/e", "d/f g", "q\xff\xfe", "n\new", 'quo"te', "x/y/z"];
const line = fc.constantFrom(
  "",
  "x",
  "y",
  "\tz",
  "cr\r",
  "\xff\xfe raw",
  "@@ -1 +1 @@",
  "diff --git a/a b/a",
  "--- a",
  "-- ",
);
const text = fc
  .tuple(fc.array(line, { maxLength: 12 }), fc.boolean())
  .map(([lines, newline]) => lines.join("\n") + (newline && lines.length > 0 ? "\n" : ""));
const file = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(fc.constantFrom("100644", "100644", "100755"), text) },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constant("100644"),
      text.map((it) => `\0${it}`),
    ),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constant("120000"), fc.constantFrom("a", "../t")) },
);
const tree = fc.dictionary(fc.constantFrom(...PATHS), file, { maxKeys: 5 }).map(withoutConflicts);

/** A path cannot be a file and a folder at once. */
function withoutConflicts(files: Tree): Tree {
  const names = Object.keys(files);
  return Object.fromEntries(
    Object.entries(files).filter(([path]) => !names.some((other) => other.startsWith(`${path}/`))),
  );
}

/** The second tree is the first with edits, so that lines, modes and names have something in common. */
const trees = fc
  .tuple(tree, tree, fc.array(fc.tuple(fc.nat(), fc.nat(), line), { maxLength: 6 }), fc.nat(3))
  .map(([before, other, edits, shape]): [Tree, Tree] => {
    const after: Record<string, readonly [string, string]> = shape === 0 ? {} : { ...before };
    for (const [index, at, added] of edits) {
      const path = Object.keys(after)[index % Math.max(1, Object.keys(after).length)];
      const found = path === undefined ? undefined : after[path];
      if (path === undefined || found === undefined || found[0] === "120000") continue;
      const lines = found[1].split("\n");
      lines.splice(at % lines.length, at % 3, added);
      after[path] = [found[0], lines.join("\n")];
    }
    if (shape === 3) for (const path of Object.keys(after).slice(0, 1)) delete after[path];
    return [before, withoutConflicts({ ...after, ...(shape === 1 ? {} : other) })];
  });

/** Hands out each part by the next of some random numbers; the commits that got nothing go. */
function randomPlan(
  files: readonly FileChange[],
  draws: readonly number[],
  count: number,
): unknown[] {
  let next = 0;
  const takes: { hunk: string; lines: string }[][] = Array.from({ length: count }, () => []);
  for (const unit of files.flatMap((one) => one.units)) {
    const lines = new Map<number, number[]>();
    for (let part = 1; part <= countParts(unit); part += 1) {
      const owner = (draws[next++ % draws.length] ?? 0) % count;
      lines.set(owner, [...(lines.get(owner) ?? []), part]);
    }
    for (const [owner, own] of lines) takes[owner]?.push({ hunk: unit.id, lines: own.join(", ") });
  }
  return takes
    .filter((take) => take.length > 0)
    .map((take, at) => ({ message: `part ${at + 1}\n`, take }));
}

function allRefs(repo: TestRepo): string {
  return gitIn(repo.dir, ["for-each-ref"]);
}

test(
  "any split of any commit ends with the same tree, or changes nothing and says why",
  async () => {
    let made = 0;
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(
        trees,
        fc.array(fc.nat(6), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        async ([before, after], draws, count, latin) => {
          const author = `J\xfcrgen <j@rfckit.invalid> 1600000000 -0230`;
          const coded = latin ? { encoding: "ISO-8859-1", author } : {};
          const repo = makeRepo([{ tree: before }, { tree: after, ...coded }]);
          try {
            const files = await readChanges(repo.git, "main~1", "main");
            fc.pre(files.length > 0);
            tried += 1;
            const plan = planOf(randomPlan(files, draws, count));
            gitIn(repo.dir, [
              "-c",
              "user.name=n",
              "-c",
              "user.email=n@x",
              "notes",
              "add",
              "-m",
              "kept",
            ]);
            const refs = allRefs(repo);
            const [tip, end] = gitIn(repo.dir, ["rev-parse", "main", "main^{tree}"]).split("\n");
            try {
              const done = await splitCommits(requestOf(repo, plan));
              made += 1;
              expect(done.commits).toHaveLength(plan.value.commits.length);
            } catch (error) {
              expect(["split-not-orderable", "split-commit-empty"]).toContain(
                (error as { code?: string }).code,
              );
              expect(allRefs(repo)).toBe(refs);
              return;
            }
            expect(gitIn(repo.dir, ["rev-parse", "main^{tree}"])).toBe(end);
            const ids = gitIn(repo.dir, ["rev-list", "--reverse", `${tip}~1..main`]).split("\n");
            expect(ids).toHaveLength(plan.value.commits.length);
            for (const [at, id] of ids.entries()) {
              const raw = gitIn(repo.dir, ["cat-file", "commit", id]);
              expect(raw).toContain(`\nauthor ${latin ? author : ME}\ncommitter ${ME}\n`);
              expect(raw.includes("\nencoding ISO-8859-1\n")).toBe(latin);
              expect(raw.endsWith(`\n\npart ${at + 1}`)).toBe(true);
            }
            expect(gitIn(repo.dir, ["notes", "show", "main"])).toBe("kept");
            expect(gitIn(repo.dir, ["fsck", "--strict", "--no-dangling"])).toBe("");
          } finally {
            repo.end();
          }
        },
      ),
      { numRuns: RUNS },
    );
    expect(made).toBeGreaterThan(tried / 2);
  },
  30_000 + RUNS * 3_000,
);
