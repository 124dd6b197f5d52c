import { readdirSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { CHECKPATCH_CONTROL } from "../../checks/static/t01-control.ts";
import { neededWords } from "../../tools/lib/checkpatch/needed-words.ts";
import { CODESPELL_DICTIONARY, runCheckpatch } from "../../tools/lib/checkpatch/run-checkpatch.ts";
import { writeStandIns } from "../../tools/lib/checkpatch/stand-ins.ts";
import { GET_MAINTAINER_FLAGS, getMaintainers } from "../../tools/lib/kernel/get-maintainers.ts";
import { run } from "../../tools/lib/proc/run.ts";
import { newFile, writeMail } from "../support/patch-mails.ts";
import { scratchDir } from "../support/scratch-dir.ts";
import { shippedTip } from "./lab.ts";

/** What the gate hands the kernel's scripts is less than they would read, and changes no answer. */
const V2 = resolve(import.meta.dirname, "../../patches/v2");
const MAILS = readdirSync(V2).filter((name) => /^00(?!00).*\.patch$/.test(name));
const signal = new AbortController().signal;
const timeoutMs = 300_000;

/** Every 400th word of the dictionary, in the message and in code, in ways that count or don't. */
function patchOfTypos(dictionary: string): string {
  const words = dictionary.split("\n").flatMap((line) => line.split("->")[0] || []);
  const some = words.filter((_, at) => at % 400 === 0);
  const [one = "", two = "", three = ""] = some;
  const odd = [
    `${one}-${two}`,
    `x${one}`,
    `"${two}."`,
    `'${three}'`,
    `${one.toUpperCase()},${two}`,
  ];
  const lines = [...some, ...odd].map((word) => `/* the ${word} is here */`);
  const text = ["// SPDX-License-Identifier: GPL-2.0", ...lines].join("\n");
  return writeMail({ message: some.join("\n"), diff: newFile("mm/a.c", text) }, "[PATCH]");
}

test("checkpatch says the same with fewer words and with the stand-ins", async () => {
  const { tree } = await shippedTip("v2");
  const dir = await scratchDir();
  const dictionary = await readFile(CODESPELL_DICTIONARY, "utf8");
  const texts = [
    patchOfTypos(dictionary),
    CHECKPATCH_CONTROL,
    ...MAILS.slice(1, 4).map((name) => readFileSync(join(V2, name), "utf8")),
  ];
  const patches = texts.map((text, at) => {
    return { file: join(dir, `${at}.patch`), bytes: new TextEncoder().encode(text) };
  });
  for (const { file, bytes } of patches) await writeFile(file, bytes);
  const words = join(dir, "words");
  const needed = neededWords(
    dictionary,
    patches.map(({ bytes }) => bytes),
  );
  await writeFile(words, needed);
  expect(needed.length).toBeLessThan(dictionary.length / 50);
  await writeStandIns(dir, await readFile(join(tree.dir, "MAINTAINERS"), "utf8"), ["mm/a.c"]);
  const call = { treeDir: tree.dir, patches, timeoutMs };
  const plain = await runCheckpatch(call);
  const quick = await runCheckpatch({ ...call, dictionary: words, shimDir: dir });
  expect(quick).toEqual(plain);
  expect(plain[0]?.findings.filter(({ type }) => type === "TYPO_SPELLING").length).toBeGreaterThan(
    100,
  );
});

test("get_maintainer.pl names the same people from fewer entries", async () => {
  const { tree } = await shippedTip("v2");
  const maintainers = await readFile(join(tree.dir, "MAINTAINERS"), "utf8");
  const tempRoot = await scratchDir();
  const paths = ["drivers/net/ethernet/intel/ice/ice.h", "net/rxrpc/key.c", "COPYING"];
  const others = paths.map((path) => writeMail({ diff: newFile(path, "int random;") }, "[PATCH]"));
  const mails = MAILS.map((name) => readFileSync(join(V2, name), "utf8"));
  for (const [at, text] of [...mails, ...others].entries()) {
    const patch = new TextEncoder().encode(text);
    const file = join(tempRoot, `${at}.patch`);
    await writeFile(file, patch);
    const args = ["scripts/get_maintainer.pl", ...GET_MAINTAINER_FLAGS, file];
    const whole = await run({ file: "perl", args, cwd: tree.dir, timeoutMs });
    const named = new TextDecoder().decode(whole.stdout).trim().split("\n");
    const call = { toolsDir: tree.dir, maintainers, patch, tempRoot, signal };
    // The script itself gives people of equal weight in any order.
    expect((await getMaintainers(call)).toSorted()).toEqual(named.toSorted());
  }
});
