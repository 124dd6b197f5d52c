import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeUserTree, shell } from "../../../tests/support/fake-kernel.ts";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { diffSeries, findRetagged } from "./diff-series.ts";

test("patches that got review tags alone are told from those that changed", async () => {
  const root = await scratchDir();
  const tree = await makeUserTree(root);
  const git = (...args: string[]) => shell(tree.dir, "git", args);
  const by = "\n\nSigned-off-by: A <a@example.org>";
  const tag = "\nReviewed-by: Bo <bo@example.org>";
  const commitAll = async (versions: readonly (readonly [text: string, message: string])[]) => {
    await git("checkout", "-q", "--detach", tree.base);
    for (const [at, [text, message]] of versions.entries()) {
      await writeFile(join(tree.dir, `new${at}.c`), `${"int a;\n".repeat(20)}${text}\n`);
      await git("add", "-A");
      await git("commit", "-q", "-m", message);
    }
    return { base: tree.base, tip: (await git("rev-parse", "HEAD")).trim() };
  };
  const old = await commitAll([
    ["int d;", `mm: one\n\nWords.${by}`],
    ["int e;", `mm: two\n\nWords.${by}`],
    ["int f;", `mm: three\n\nWords.${by}`],
    ["int g;", `mm: four\n\nWords.${by}`],
  ]);
  const next = await commitAll([
    ["int d;", `mm: one\n\nWords.${by}`],
    ["int e;", `mm: two\n\nWords.${by}${tag}`],
    ["int h;", `mm: three\n\nWords.${by}${tag}`],
    ["int g;", `mm: four\n\nOther words.${by}${tag}`],
  ]);
  const signal = new AbortController().signal;
  const shared = { tree, tempRoot: join(root, "tmp"), signal };
  const { pairs, text } = await diffSeries({ ...shared, old, new: next });
  expect(pairs.map(({ status }) => status)).toEqual(["same", "changed", "changed", "changed"]);
  expect([...findRetagged(text)]).toEqual([2]);
});
