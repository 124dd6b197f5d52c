import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { FAKE_BASE, makeFakeTarball, shell } from "../../../tests/support/fake-kernel.ts";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { findKernelTree } from "./find-tree.ts";
import { type GetKernelTreeRequest, getKernelTree, kernelTreeDir } from "./kernel-tree.ts";
import { prepareWorkspace } from "./workspace.ts";

const signal = new AbortController().signal;
const umask = process.umask();
afterEach(() => process.umask(umask));

async function fakeRequest(): Promise<GetKernelTreeRequest & { readonly cacheParent: string }> {
  const dir = await scratchDir();
  const tarball = await makeFakeTarball(dir);
  const env = { XDG_CACHE_HOME: join(dir, "cache") };
  const onProgress = (): void => {};
  const cacheParent = join(dir, "cache", "rfckit", "kernel");
  return { base: FAKE_BASE, env, signal, onProgress, tarball, needBytes: 1, cacheParent };
}

const visible = async (dir: string): Promise<string[]> =>
  (await readdir(dir)).filter((name) => !name.startsWith(".lock-"));

test.each([0o000, 0o022, 0o077])("umask %o gives the commit that is written down", async (mask) => {
  const request = await fakeRequest();
  process.umask(mask);
  const dir = await getKernelTree(request);
  const ids = await shell(dir, "git", ["rev-parse", "base", FAKE_BASE.tag, "HEAD"]);
  expect(ids).toBe(`${FAKE_BASE.commit}\n`.repeat(3));
  expect(await shell(dir, "git", ["status", "--porcelain", "--ignored"])).toBe("");
  expect(await shell(dir, "git", ["fsck", "--full"])).not.toContain("error");
});

test("two runs at once make it once, and both get it", async () => {
  const request = await fakeRequest();
  const lines: string[] = [];
  const one = { ...request, onProgress: (line: string) => lines.push(line) };
  const dirs = await Promise.all([getKernelTree(one), getKernelTree(one), getKernelTree(one)]);
  expect(new Set(dirs)).toEqual(new Set([kernelTreeDir(FAKE_BASE, request.env)]));
  expect(lines.filter((line) => line.startsWith("unpacking"))).toHaveLength(1);
  expect(await visible(request.cacheParent)).toEqual([FAKE_BASE.version]);
});

const KILLED = `
const { getKernelTree } = await import(process.argv[1]);
const { writeSync } = await import("node:fs");
const [base, cache, tarball, step] = process.argv.slice(2);
await getKernelTree({
  base: JSON.parse(base), env: { XDG_CACHE_HOME: cache }, tarball, needBytes: 1,
  signal: new AbortController().signal,
  onProgress(line) {
    if (!line.startsWith(step)) return;
    writeSync(1, "there");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  },
});
`;

test.each(["unpacking", "adding"])("kill -9 while %s leaves no half tree", async (step) => {
  const request = await fakeRequest();
  const here = new URL("./kernel-tree.ts", import.meta.url).href;
  const args = [JSON.stringify(FAKE_BASE), request.env["XDG_CACHE_HOME"], request.tarball, step];
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "-e", KILLED, here, ...args.map(String)],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "exit");
  const left = await visible(request.cacheParent);
  expect(left).toHaveLength(1);
  expect(left[0]).toMatch(/^\.tmp-/);
  await getKernelTree(request);
  expect(await visible(request.cacheParent)).toEqual([FAKE_BASE.version]);
});

test("other content than the base commit's is refused and leaves nothing", async () => {
  const request = await fakeRequest();
  const base = { ...FAKE_BASE, commit: "1".repeat(40) };
  await expect(getKernelTree({ ...request, base })).rejects.toMatchObject({
    kind: "config",
    code: "kernel-base-differs",
    message: expect.stringContaining(FAKE_BASE.commit),
  });
  expect(await visible(request.cacheParent)).toEqual([]);
});

test("a truncated tarball is refused and leaves nothing", async () => {
  const request = await fakeRequest();
  const tarball = `${request.tarball}.cut`;
  await writeFile(tarball, (await readFile(String(request.tarball))).subarray(0, 200));
  await expect(getKernelTree({ ...request, tarball })).rejects.toMatchObject({
    kind: "infra",
    code: "unpack-failed",
  });
  expect(await visible(request.cacheParent)).toEqual([]);
});

test("a full disk is told as such and leaves nothing", async () => {
  const request = await fakeRequest();
  const full = join(await scratchDir(), "full");
  await mkdir(full);
  const mount = ["-t", "tmpfs", "-o", "size=48k", "tmpfs", full];
  const mounted = await shell("/", "mount", mount).then(
    () => true,
    () => false,
  );
  const needBytes = mounted ? 1 : Number.MAX_SAFE_INTEGER;
  try {
    const env = { XDG_CACHE_HOME: full };
    await expect(getKernelTree({ ...request, env, needBytes })).rejects.toMatchObject({
      kind: "infra",
      code: "no-disk-space",
    });
    expect(await visible(join(full, "rfckit", "kernel"))).toEqual([]);
  } finally {
    if (mounted) await shell("/", "umount", [full]);
  }
});

test("an abort in the middle leaves nothing", async () => {
  const request = await fakeRequest();
  const abort = new AbortController();
  const onProgress = (line: string): void => {
    if (line.startsWith("adding")) abort.abort();
  };
  const aborted = getKernelTree({ ...request, onProgress, signal: abort.signal });
  await expect(aborted).rejects.toMatchObject({ code: "interrupted" });
  expect(await visible(request.cacheParent)).toEqual([]);
});

test("what is no kernel tree is refused with the reason", async () => {
  const dir = await scratchDir();
  const find = { base: FAKE_BASE, env: { XDG_CACHE_HOME: dir, HOME: dir }, cwd: dir, signal };
  await expect(findKernelTree(find)).rejects.toMatchObject({
    kind: "environment",
    code: "kernel-tree-missing",
    hints: expect.arrayContaining(["rfckit kernel get"]),
  });
  await expect(findKernelTree({ ...find, tree: "none" })).rejects.toMatchObject({
    code: "not-a-kernel-tree",
  });
  await shell(dir, "git", ["init", "-q", "repo"]);
  const env = { KERNEL_TREE: "repo" };
  await expect(findKernelTree({ ...find, env })).rejects.toMatchObject({
    kind: "user",
    code: "base-commit-missing",
  });
});

test("a workspace keeps mtimes, removes strangers and heals a torn index", async () => {
  const request = await fakeRequest();
  const dir = await getKernelTree(request);
  const tree = { dir, gitDir: join(dir, ".git"), own: false };
  const shared = { tree, purpose: "test", env: request.env, signal, needBytes: 1 };
  const first = await prepareWorkspace({ ...shared, treeish: "base" });
  const stat = (): Promise<string> => shell(first.dir, "stat", ["-c", "%Y.%y", "mm/long.c"]);
  const before = await stat();
  await writeFile(join(first.dir, "mm", "stranger.o"), "");
  await writeFile(join(first.dir, "mm", "crlf.c"), "changed by a tool");
  await first.release();
  await writeFile(join(first.gitDir, "index.lock"), "");
  const second = await prepareWorkspace({ ...shared, treeish: "HEAD" });
  expect(await stat()).toBe(before);
  expect(await readFile(join(second.dir, "mm", "crlf.c"), "utf8")).toBe("int a;\r\nint b;\r\n");
  expect(await readdir(join(second.dir, "mm"))).not.toContain("stranger.o");
  await second.release();
  await writeFile(join(first.gitDir, "index"), "garbage");
  const third = await prepareWorkspace({ ...shared, treeish: "HEAD" });
  expect(await readdir(join(third.dir, "mm"))).toContain("link");
  await third.release();
  await expect(prepareWorkspace({ ...shared, treeish: "no-such" })).rejects.toMatchObject({
    code: "unknown-commit",
  });
});
