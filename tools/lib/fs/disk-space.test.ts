import { join } from "node:path";
import { expect, test } from "vitest";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { requireFreeSpace, saysNoSpace, withSpaceErrors } from "./disk-space.ts";
import { writeFileAtomic } from "./write-file-atomic.ts";

function failWith(code: string): () => Promise<never> {
  return () => Promise.reject(Object.assign(new Error(code), { code }));
}

test.each(["ENOSPC", "EDQUOT"])(
  "%s becomes no-disk-space with the path and a command",
  async (c) => {
    await expect(withSpaceErrors("/x/y", failWith(c))).rejects.toMatchObject({
      kind: "infra",
      code: "no-disk-space",
      message: expect.stringContaining("'/x/y'"),
      hints: expect.arrayContaining(["df -h /x/y"]),
    });
  },
);

test("another errno passes through unchanged", async () => {
  await expect(withSpaceErrors("/x", failWith("EACCES"))).rejects.toMatchObject({ code: "EACCES" });
});

test("a device that is always full gives no-disk-space", async () => {
  const { open } = await import("node:fs/promises");
  const write = async (): Promise<void> => {
    const full = await open("/dev/full", "w");
    try {
      await full.writeFile("x");
    } finally {
      await full.close();
    }
  };
  await expect(withSpaceErrors("/dev/full", write)).rejects.toMatchObject({
    code: "no-disk-space",
  });
});

test("too little free space is found before anything is written", async () => {
  const dir = await scratchDir();
  await expect(requireFreeSpace(dir, Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({
    code: "no-disk-space",
  });
  await requireFreeSpace(join(dir, "new"), 1);
  await writeFileAtomic(join(dir, "new", "a", "b"), "made its directories");
});

test("the words of a failed child are understood", () => {
  expect(saysNoSpace("fatal: write error: No space left on device")).toBe(true);
  expect(saysNoSpace("fatal: not a git repository")).toBe(false);
});
