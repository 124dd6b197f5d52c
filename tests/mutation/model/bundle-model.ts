import { buildSync } from "esbuild";
import { editModule, type ModelMutant } from "./edits.ts";

/** The compiled model as one text, in which a change of any module is a change of the text. */
export interface BundledModel {
  /** A body of a function of `exports`, which puts `predict`, `createMachine` and so on there. */
  readonly code: string;
  readonly mutants: readonly ModelMutant[];
}

/** The bundler's note of where a module comes from. */
const MODULE = /^\/\/ (?:\S*\/)?dist\/kernel-model\/(\S+)$/gm;

/** Bundles the model that tsc compiled, and finds every mutant of the modules that are wanted. */
export function bundleModel(root: string, isWanted: (file: string) => boolean): BundledModel {
  const contents = `
    export { predict } from "./dist/kernel-model/vectors/predict.js";
    export { createMachine, TOPOLOGIES } from "./dist/kernel-model/index.js";`;
  const stdin = { contents, resolveDir: root };
  const { outputFiles } = buildSync({
    stdin,
    absWorkingDir: root,
    bundle: true,
    format: "cjs",
    write: false,
  });
  const code = outputFiles[0]?.text ?? "";
  const heads = [...code.matchAll(MODULE)];
  const mutants = heads.flatMap(({ 0: head, 1: file = "", index }, at) => {
    if (!isWanted(file)) return [];
    const from = index + head.length;
    const text = code.slice(from, heads[at + 1]?.index);
    const move = (mutant: ModelMutant): ModelMutant => ({
      ...mutant,
      start: from + mutant.start,
      end: from + mutant.end,
    });
    return editModule(file, text).map(move);
  });
  return { code, mutants };
}
