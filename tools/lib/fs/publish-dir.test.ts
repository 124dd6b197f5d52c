import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { contentKey, openContentStore } from "./content-store.ts";
import { publishDir } from "./publish-dir.ts";
import { removeTree } from "./remove-tree.ts";

const visible = async (dir: string): Promise<string[]> =>
  (await readdir(dir)).filter((name) => !name.startsWith(".lock-"));

test("of many at once exactly one builds and all see the whole directory", async () => {
  const dir = await scratchDir();
  const target = join(dir, "t");
  const outcomes = await Promise.all(
    [1, 2, 3, 4].map((n) =>
      publishDir(target, {}, async (temp) => writeFile(join(temp, "f"), String(n))),
    ),
  );
  expect(outcomes.filter(Boolean)).toHaveLength(1);
  expect(await visible(dir)).toEqual(["t"]);
  expect(await readdir(target)).toEqual(["f"]);
});

test("a build that fails leaves nothing", async () => {
  const dir = await scratchDir();
  const build = async (temp: string): Promise<void> => {
    await writeFile(join(temp, "half"), "");
    throw new Error("seeded");
  };
  await expect(publishDir(join(dir, "t"), {}, build)).rejects.toThrow("seeded");
  expect(await visible(dir)).toEqual([]);
});

const BUILDER = `
const { publishDir } = await import(process.argv[1]);
const { writeFile } = await import("node:fs/promises");
await publishDir(process.argv[2], {}, async (temp) => {
  await writeFile(temp + "/half", "");
  console.log("half way");
  await new Promise((done) => setTimeout(done, 60000));
});
`;

test("kill -9 in the middle: no half directory, and the next one builds and cleans", async () => {
  const dir = await scratchDir();
  const target = join(dir, "t");
  const here = new URL("./publish-dir.ts", import.meta.url).href;
  const args = ["--import", "tsx", "--input-type=module", "-e", BUILDER, here, target];
  const builder = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  await once(builder.stdout, "data");
  builder.kill("SIGKILL");
  await once(builder, "exit");
  expect(await visible(dir)).toEqual([expect.stringMatching(/^\.tmp-t-[0-9a-f]{16}$/)]);
  await mkdir(join(dir, ".tmp-t-b-0123456789abcdef"));
  expect(await publishDir(target, {}, async (temp) => writeFile(join(temp, "f"), ""))).toBe(true);
  expect(await visible(dir)).toEqual([".tmp-t-b-0123456789abcdef", "t"]);
  expect(await readdir(target)).toEqual(["f"]);
});

test("a tree without write permission is removed, a missing one is fine", async () => {
  const dir = await scratchDir();
  await mkdir(join(dir, "a", "b"), { recursive: true });
  await writeFile(join(dir, "a", "b", "c"), "");
  await removeTree(join(dir, "a"));
  await removeTree(join(dir, "a"));
  expect(await readdir(dir)).toEqual([]);
});

test("the store keeps directories and bytes under their key", async () => {
  const store = openContentStore(join(await scratchDir(), "store"));
  const key = contentKey(["tree", new Uint8Array([1, 2])]);
  expect(await store.findDir(key)).toBeUndefined();
  expect(await store.readBytes(key)).toBeUndefined();
  const dir = await store.makeDir(key, {}, async (temp) => writeFile(join(temp, "f"), "x"));
  expect(await store.findDir(key)).toBe(dir);
  expect(await readFile(join(dir, "f"), "utf8")).toBe("x");
  await store.writeBytes(key, "kept");
  expect(await store.readBytes(key)).toEqual(Buffer.from("kept"));
  expect(() => store.dirOf("../x")).toThrow(RangeError);
});

test("lists of parts that join to the same bytes have different keys", () => {
  expect(contentKey(["ab", "c"])).not.toBe(contentKey(["a", "bc"]));
  expect(contentKey(["ab"])).toBe(contentKey([new TextEncoder().encode("ab")]));
});
