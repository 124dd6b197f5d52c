import type { BytePath } from "./change.ts";

/** A kind of file of the kernel, and where a series has it. */
export interface Area {
  /** Earlier areas come in earlier commits. */
  readonly rank: number;
  /** For a subject. */
  readonly name: string;
  /** Why a commit of it stands where it does. */
  readonly order: string;
  /** Why a file belongs to it. */
  readonly why: string;
  /** Whether each folder gets a commit of its own. */
  readonly perFolder: boolean;
}

const CORE: Area = {
  rank: 3,
  name: "core",
  order: "core code after the interface that it implements, one folder at a time",
  why: "code, with the Kconfig and Makefile lines that enable it",
  perFolder: true,
};

/** The first row that matches a path decides. */
const AREAS: readonly (readonly [pattern: RegExp, area: Area])[] = [
  [
    /^(?:tools\/testing|.*\/tests?\/|lib\/test_|.*_(?:kunit|test)\.[ch]$)/,
    {
      rank: 4,
      name: "selftests",
      order: "tests after the code that they test",
      why: "a test, or what builds and runs it",
      perFolder: true,
    },
  ],
  [
    /^samples\//,
    {
      rank: 5,
      name: "samples",
      order: "samples last: nothing depends on them",
      why: "a sample, or what builds it",
      perFolder: false,
    },
  ],
  [
    /^(?:include\/uapi\/|arch\/[^/]+\/include\/uapi\/|Documentation\/(?:userspace-api|ABI)\/)/,
    {
      rank: 2,
      name: "uapi",
      order: "the interface before anything implements it, so that it can be judged alone",
      why: "part of the interface to user space",
      perFolder: false,
    },
  ],
  [
    /^Documentation\//,
    {
      rank: 1,
      name: "docs",
      order: "the text first: what is proposed, and why",
      why: "documentation",
      perFolder: false,
    },
  ],
];

/** Which kind of file a path of the kernel is. */
export function areaOf(path: BytePath): Area {
  return AREAS.find(([pattern]) => pattern.test(path))?.[1] ?? CORE;
}

/** The folder of a path, `kernel` for the top; headers count to the code of the same subsystem. */
export function folderOf(path: BytePath): string {
  const names = path.split("/").slice(0, -1);
  const code = names[0] === "include" ? names.slice(1) : names;
  return code.length === 0 ? "kernel" : code.join("/");
}
