import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { labContext, shippedTip } from "../lab/lab.ts";
import { controlNames } from "./apply-defect.ts";
import { QUICK_DEFECTS, TREE_DEFECTS } from "./coverage.ts";
import { judgeDefectInTree } from "./judge-in-tree.ts";
import { renderCorpusPage } from "./render-page.ts";
import { type CorpusResult, judgeControl, judgeDefect } from "./run-corpus.ts";

const PAGE = resolve(import.meta.dirname, "../../docs/reference/corpus.md");

/** Judges the whole corpus and writes what came of it: `npm run corpus`. */
async function record(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), "rfckit-corpus-"));
  const results: CorpusResult[] = [];
  for (const defect of QUICK_DEFECTS) results.push(await judgeDefect(defect, dir));
  const context = labContext({ stdout: () => {}, stderr: () => {} });
  const tree = (await shippedTip()).tree.dir;
  for (const defect of TREE_DEFECTS) {
    console.log(defect.finds);
    results.push(await judgeDefectInTree(defect, context, tree));
  }
  const findings: string[] = [];
  for (const name of controlNames()) findings.push(...(await judgeControl(name, dir)));
  await rm(dir, { recursive: true });
  for (const { defect, said } of results.filter(({ isFound }) => !isFound)) {
    console.log(`missed: ${defect.finds}: ${said}`);
  }
  await writeFile(PAGE, renderCorpusPage(results, controlNames(), findings));
}

await record();
