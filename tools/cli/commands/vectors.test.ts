import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EXIT } from "../../lib/error.ts";
import { runCommandLine } from "../run-command-line.ts";

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "rfckit-vectors-"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function vectors(...args: string[]): Promise<{ code: number; out: string; talk: string }> {
  let [out, talk] = ["", ""];
  const packageDir = resolve(import.meta.dirname, "../../..");
  const code = await runCommandLine(["vectors", ...args], {
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      talk += text;
    },
    env: {},
    cwd: dir,
    projectDir: dir,
    packageDir,
    version: "0.0.0",
    signal: new AbortController().signal,
  });
  return { code, out, talk };
}

describe("rfckit vectors", () => {
  test("--list names every vector in one line", async () => {
    const { code, out, talk } = await vectors("--list", "--topology", "one-node");
    expect([code, talk]).toEqual([EXIT.ready, ""]);
    expect(out).toMatch(/^single-valid-demote\tsingle\ta valid demote$/m);
  });

  test("--explain prints one as a program", async () => {
    const { code, out } = await vectors("--explain", "single-valid-demote");
    expect(code).toBe(EXIT.ready);
    expect(out).toContain("HBF_OP_DEMOTE");
  });

  test("--emit bin --output writes the image and nothing else", async () => {
    const { code, out } = await vectors("--emit", "bin", "--output", "v.bin");
    expect([code, out]).toEqual([EXIT.ready, ""]);
    expect(await readdir(dir)).toEqual(["v.bin"]);
    expect((await readFile(join(dir, "v.bin"))).subarray(0, 8).toString()).toBe("RFCKVEC1");
  });

  test("--from reads what was written, and refuses anything else", async () => {
    const { out } = await vectors("--list", "--from", "v.bin");
    expect(out).toMatch(/^file-0\tfile\tvector 0 of a file$/m);
    await writeFile(join(dir, "cut.bin"), (await readFile(join(dir, "v.bin"))).subarray(0, 5000));
    for (const [file, why] of [
      ["cut.bin", "it ends at byte 5000 of"],
      ["no.bin", "no such file"],
    ]) {
      const { code, talk } = await vectors("--list", "--from", file ?? "");
      expect(code).toBe(EXIT.usage);
      expect(talk).toContain(why);
    }
  });

  test.each([
    { format: "kselftest", has: '#include "hbf_conformance.h"' },
    { format: "kselftest-header", has: "static const struct hbf_vector hbf_vectors[] = {" },
    { format: "syzlang", has: "ioctl$HBF_IOC_HINT(fd fd_hbfctl, " },
  ])("--emit $format", async ({ format, has }) => {
    const { code, out } = await vectors("--emit", format, "--stage", "v2");
    expect(code).toBe(EXIT.ready);
    expect(out).toContain(has);
  });

  test.each([
    { args: [], message: "nothing to do, or more than one thing" },
    { args: ["--list", "--emit", "c"], message: "nothing to do, or more than one thing" },
    { args: ["--emit", "bin"], message: "format 'bin' is not text" },
    { args: ["--emit", "elf"], message: "unknown format 'elf'" },
    { args: ["--explain", "nope"], message: "no vector 'nope' in this set" },
    { args: ["--list", "--stage", "v9"], message: "no vectors for stage 'v9'" },
    { args: ["--list", "--set", "huge"], message: "there is no set 'huge' of vectors" },
    { args: ["--list", "--topology", "x"], message: "unknown topology 'x'" },
    { args: ["--list", "--seed", "4294967296"], message: "'4294967296' is not a seed" },
    { args: ["--list", "--seed", "1e3"], message: "'1e3' is not a seed" },
  ])("$args is a usage error with a next step", async ({ args, message }) => {
    const { code, out, talk } = await vectors(...args);
    expect([code, out]).toEqual([EXIT.usage, ""]);
    expect(talk).toContain(`rfckit: ${message}`);
    expect(talk).toContain("  try: ");
  });
});
