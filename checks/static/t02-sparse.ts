import { defineStaticRow } from "./static-build.ts";

/** Pointers, byte orders and locks are marked as sparse wants them. */
export const t02Sparse = defineStaticRow({
  id: "t02-sparse",
  title: "sparse says nothing new of the files that a patch changes",
  why: "sparse sees what gcc does not: pointers of user space, endianness, locks",
  source: "Documentation/process/submit-checklist.rst",
  fix: "mark the pointer with __user, the value with __le32, the function with __must_hold()",
  bad: "memcpy(to, (void *)arg, size);",
  good: "copy_from_user(to, (void __user *)arg, size)",
  isOurs: ({ kind }) => kind === "sparse",
  needs: "sparse",
});
