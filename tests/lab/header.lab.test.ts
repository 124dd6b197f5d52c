import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GENERATED_STAGES } from "../../kernel-model/index.ts";
import {
  type HeaderCompiler,
  openHeaderCompiler,
  TARGETS,
} from "../../tools/lib/uapi/header-compiler.ts";
import { expressionsOf, predictedFacts, valuesOf } from "./header-facts.ts";
import { shippedTip } from "./lab.ts";

/** As tests/uapi-layout.test.ts, with all other headers from the kernel tree as well. */
describe.each(GENERATED_STAGES)("the UAPI header of %s in its tree", (stage) => {
  let compiler: HeaderCompiler;
  beforeAll(async () => {
    const { tree, treeish } = await shippedTip(stage);
    compiler = await openHeaderCompiler(tree.gitDir, treeish);
  });
  afterAll(() => compiler.close());

  test.each(TARGETS)("has the numbers, sizes and offsets of the model on %s", async (target) => {
    const predicted = predictedFacts(stage);
    const compiled = await compiler.evaluate(target, expressionsOf(predicted));
    expect(compiled).toEqual(valuesOf(predicted));
  });

  test.each(TARGETS)("compiles alone as C90 for %s", async (target) => {
    expect(await compiler.compileAlone(target)).toEqual([]);
  });
});
