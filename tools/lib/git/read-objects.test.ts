import { expect, onTestFinished, test } from "vitest";
import { gitIn, makeRepo } from "../../../tests/support/split-repo.ts";
import { openGit } from "./git.ts";
import { readObjects } from "./read-objects.ts";

test("objects come in the order of their names, and a missing one leaves a gap", async () => {
  const tree = { x: ["100644", "x\n\ny"], "a b": ["100644", ""] } as const;
  const repo = makeRepo([{ tree: { x: [...tree.x], "a b": [...tree["a b"]] } }]);
  onTestFinished(repo.end);
  const names = ["main:x", "none^{commit}", "main:a b", "a b c missing", "main^{commit}", "x\ny"];
  const found = await readObjects(repo.git, names);
  const text = (at: number): string => new TextDecoder().decode(found[at]?.bytes);
  expect(text(0)).toBe("x\n\ny");
  expect(found[1]).toBeUndefined();
  expect(found[2]?.bytes).toHaveLength(0);
  expect(found[3]).toBeUndefined();
  expect(found[4]?.id).toBe(gitIn(repo.dir, ["rev-parse", "main"]));
  expect(found[5]).toBeUndefined();
});

test("a folder that is no repository has no objects", async () => {
  expect(await readObjects(openGit({ dir: "/" }), ["HEAD"])).toEqual([undefined]);
});
