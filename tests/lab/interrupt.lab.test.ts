import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { CONTROL_BYTES, decodeProgress } from "../../tools/lib/verify/control-page.ts";
import { type Defect, replaceOnce } from "./defects.ts";
import { rfckit, withDefect } from "./lab.ts";
import { StartedRfckit } from "./started-rfckit.ts";

let started: StartedRfckit | undefined;

afterEach(() => {
  started?.dispose();
  started = undefined;
});

/** The folder of a run whose guest carries vectors out, by the words of its QEMU. */
function runDirOf(words: readonly string[]): string | undefined {
  const [, file = "", dir] = /mem-path=(([^,]*\/runs\/[^/]+)\/[^,]*)/.exec(words.join(" ")) ?? [];
  if (dir === undefined || !existsSync(file)) return undefined;
  const page = readFileSync(file).subarray(0, CONTROL_BYTES);
  return decodeProgress(page).state === "running" ? dir : undefined;
}

/** The compiler itself, at work on the file that the patch changes. */
function isCompiler(words: readonly string[]): true | undefined {
  const [program = "", ...args] = words;
  return basename(program) === "cc1" && args.some((word) => word.endsWith("mm/hbf.c"))
    ? true
    : undefined;
}

/** A change that no kernel was built with before, and that changes nothing. */
function freshChange(): Defect {
  const check = "ret = hbf_check_hint(&hint);";
  const number = `0x1${randomBytes(3).toString("hex")}`;
  const code = `if (hint.op == ${number})\n\t\treturn -EINVAL;\n\t${check}`;
  return { name: "fresh", edit: (source) => replaceOnce(source, check, code) };
}

const VERIFY = ["verify", "--no-cache", "--no-shrink"];
const RACES = ["verify", "--stage", "v2", "--races", "5"];

describe("a signal ends rfckit, every child, and leaves no temporary file", () => {
  test.each([
    ["SIGINT", 130, [...VERIFY, "--guests", "2"]],
    ["SIGTERM", 143, [...VERIFY, "--guests", "1"]],
    ["SIGINT", 130, RACES],
  ] as const)("%s, code %i, while a guest of %j runs", async (signal, code, args) => {
    started = new StartedRfckit(args);
    const runDir = await started.waitFor(runDirOf);
    expect(await started.end(signal)).toBe(code);
    expect(await started.leftovers()).toEqual([]);
    expect(existsSync(runDir)).toBe(false);
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s, code %i, while make runs, and the next run goes on", async (signal, code) => {
    await withDefect(freshChange(), undefined, async (patch) => {
      const args = [...VERIFY, "--sample", "400", "--patch", patch];
      started = new StartedRfckit(args);
      await started.waitFor(isCompiler);
      expect(await started.end(signal)).toBe(code);
      expect(await started.leftovers()).toEqual([]);
      expect((await rfckit(...args)).code).toBe(0);
    });
  });

  test("SIGKILL while make runs: it keeps the workspace until it has ended", async () => {
    await withDefect(freshChange(), undefined, async (patch) => {
      const args = [...VERIFY, "--sample", "400", "--patch", patch];
      started = new StartedRfckit(args);
      await started.waitFor(isCompiler);
      await started.end("SIGKILL");
      const { code, stderr } = await rfckit(...args);
      expect({ code, stderr }).toMatchObject({
        ...{ code: 0, stderr: expect.stringContaining("waiting for workspace") },
      });
      expect(await started.leftovers()).toEqual([]);
    });
  });
});
