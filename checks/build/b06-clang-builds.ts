import { defineStaticRow } from "../static/static-build.ts";

/** A second compiler has to agree. */
export const b06ClangBuilds = defineStaticRow({
  id: "b06-clang-builds",
  title: "clang builds the files that a patch changes, and says nothing new with W=1",
  why: "clang warns of what gcc lets pass, and builds Android and ChromeOS kernels",
  source: "Documentation/kbuild/llvm.rst",
  fix: "mend what clang names",
  bad: "a variable that is used uninitialized on one path",
  good: "make CC=clang W=1 mm/hbf.o without a warning",
  // kernel-doc runs with W=1 whatever the compiler, and has a row of its own.
  isOurs: ({ kind }) => kind !== "kernel-doc",
  compiler: "clang",
  needs: "clang-14",
});
