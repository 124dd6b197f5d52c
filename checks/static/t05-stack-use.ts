import { defineStaticRow } from "./static-build.ts";

/** No function has a large frame. */
export const t05StackUse = defineStaticRow({
  id: "t05-stack-use",
  title: "no function that a patch changes uses more than 512 bytes of stack",
  why: "the stack of a kernel thread is a few pages for everybody on the way",
  source: "Documentation/process/submit-checklist.rst",
  fix: "allocate the buffer, or pass a smaller one",
  bad: "char buffer[1024];",
  good: "buffer = kmalloc(1024, GFP_KERNEL);",
  isOurs: ({ kind }) => kind === "-Wframe-larger-than=",
  needs: "gcc",
});
