import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeUserTree, shell } from "../../../tests/support/fake-kernel.ts";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { openGit } from "../git/git.ts";
import { openHistory } from "./base-facts.ts";

test("the history of a file has neither merges nor the first commit", async () => {
  const tree = await makeUserTree(await scratchDir());
  const git = (...args: string[]) => shell(tree.dir, "git", args);
  for (const number of [1, 2]) {
    await writeFile(join(tree.dir, "own.c"), `int a${number};\n`);
    await git("add", "-A");
    await git("commit", "-q", "-m", `mm: change ${number}\n\nWords.`);
  }
  await git("merge", "-q", "--no-ff", "-m", "Merge branch", tree.base);
  const reader = openGit({ dir: tree.gitDir });
  const tip = (await git("rev-parse", "HEAD")).trim();
  expect(await openHistory(reader, tip)("own.c")).toEqual(["mm: change 2", "mm: change 1"]);
  const [first = ""] = (await git("rev-list", "--max-parents=0", "HEAD")).split("\n");
  const [file = ""] = (await git("ls-tree", "-r", "--name-only", first)).split("\n");
  expect(await openHistory(reader, first)(file)).toEqual([]);
});
