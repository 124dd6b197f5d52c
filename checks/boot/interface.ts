import type { ReviewedPatch } from "../context.ts";

const INTERFACE = /^(?:include\/uapi\/linux\/hbf\.h|mm\/hbf(?:\.c|\/.*|-.*|_.*))$/;

/** The model knows one device; what other series do is none of its business. */
export function touchesInterface({ parsed }: Pick<ReviewedPatch, "parsed">): boolean {
  return parsed.files.some(({ path }) => INTERFACE.test(path));
}
