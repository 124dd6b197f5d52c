import { defineUnchecked } from "../unchecked.ts";

/** A second compiler has to agree. */
export const b06ClangBuilds = defineUnchecked({
  id: "b06-clang-builds",
  title: "changed files build with clang",
  why: "clang warns of what gcc lets pass, and builds Android and ChromeOS kernels",
  source: "Documentation/kbuild/llvm.rst",
  missing: "rfckit does not build with clang yet",
  howToGet: "make LLVM=1 W=1 mm/, by hand",
  fix: "mend what clang names",
  bad: "a variable that is used uninitialized on one path",
  good: "make LLVM=1 W=1 mm/ without a warning",
});
