import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Call, FILE_OP, OTHER_FILE } from "../../machine/calls.ts";
import { MMAP_KINDS } from "../../machine/mmap-kinds.ts";
import { createMachine } from "../../machine/params.ts";
import { TOPOLOGIES } from "../../topology/registry.ts";
import { HELD } from "../classes/held.ts";
import { collectVectors, generateVectors } from "../generate.ts";
import type { Vector, VectorSet } from "../vector.ts";
import { WIRE_OPS } from "../wire/vocabulary.ts";
import { renderReproducer } from "./reproducer.ts";

const [TOPOLOGY] = TOPOLOGIES;
if (TOPOLOGY === undefined) throw new Error("the model has no topology");
const SET = generateVectors({ stage: "v2", seed: 1, topology: TOPOLOGY });
/** The calls about pages, which begin with the backend. */
const PAGES = collectVectors(
  [HELD],
  { machine: createMachine(TOPOLOGY, "v3"), seed: 1 },
  new Map(),
);
let dir: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "rfckit-reproducer-"));
});
afterAll(() => rmSync(dir, { recursive: true }));

function compile(vectors: VectorSet["vectors"]): string {
  const source = join(dir, "reproducer.c");
  writeFileSync(source, renderReproducer({ ...SET, vectors }));
  const program = join(dir, "reproducer");
  execFileSync("gcc", ["-Wall", "-Wextra", "-Werror", "-o", program, source]);
  return program;
}

/** What the C of a call depends on, beyond numbers that are passed on. */
function formOf(call: Call): string {
  if (call.op === "ioctl") return `ioctl ${call.flags}`;
  return call.op === "exec" ? `exec ${call.bits}` : call.op;
}

/** Few vectors that have every operation, in each form, between them. */
function everyOperation(): readonly Vector[] {
  const seen = new Set<string>();
  return [...SET.vectors, ...PAGES].filter(({ calls }) => {
    const fresh = calls.some((call) => !seen.has(formOf(call)));
    for (const call of calls) seen.add(formOf(call));
    return fresh;
  });
}

/** What a program of these calls prints, each line without the number of an error. */
function outputOf(calls: readonly Call[]): readonly string[] {
  const [some] = SET.vectors;
  const program = compile(some === undefined ? [] : [{ ...some, id: "made-here", calls }]);
  return execFileSync(program, { encoding: "utf8" }).trimEnd().split("\n");
}

describe("a reproducer", () => {
  test("of every operation builds alone, without a warning", () => {
    const vectors = everyOperation();
    const ops = new Set(vectors.flatMap(({ calls }) => calls.map(({ op }) => op)));
    expect([...ops].sort()).toEqual(Object.keys(WIRE_OPS).sort());
    compile(vectors);
  });

  test("waits for a child, which goes on behind its exec with what that has left open", () => {
    const other = { op: "open-other", which: OTHER_FILE.regular } as const;
    const seek = { op: "fileop", which: FILE_OP.lseek, target: 0 } as const;
    const lines = outputOf([
      { ...other, slot: 0 },
      { ...other, slot: 1 },
      { op: "fileop", slot: 1, which: FILE_OP.clearCloexec, target: 0 },
      { op: "fork" },
      { op: "exec", bits: 64 },
      { ...seek, slot: 0 },
      { ...seek, slot: 1 },
      { op: "close", slot: 1 },
      { op: "exit" },
      { ...seek, slot: 1 },
    ]);
    expect(lines.map((line) => line.replace(/^.* = (-?\d+).*$/, "$1"))).toEqual([
      "0",
      "0",
      "0",
      "0",
      "0",
      "-1",
      "0",
      "0",
      "0",
      "0",
    ]);
    expect(lines[3]).toContain("fork()");
    expect(lines[5]).toContain("Bad file descriptor");
  });

  test("lists what is mapped", () => {
    const memfd = MMAP_KINDS.findIndex(({ name }) => name === "memfd-shared");
    const lines = outputOf([
      { op: "mmap", page: 3, npages: 2, kind: memfd, prot: 1 },
      { op: "mremap", page: 3, npages: 2, toPage: 7, toPages: 4, flags: 3 },
      { op: "maps" },
    ]);
    expect(lines.slice(0, 2).map((line) => line.slice(-3))).toEqual(["= 0", "= 0"]);
    expect(lines[2]).toMatch(/^\t7 4 VmFlags: rd /);
    expect(lines).toHaveLength(4);
  });

  test("says at its top what it can't show", () => {
    const calls: readonly Call[] = [{ op: "fork" }, { op: "exec", bits: 32 }, { op: "exit" }];
    const vectors = SET.vectors.slice(0, 1).map((vector) => ({ ...vector, calls }));
    expect(renderReproducer({ ...SET, vectors })).toContain("build that with -m32");
  });

  test("makes each call and says what came of it", () => {
    const found = SET.vectors.find(
      ({ calls }) => calls.map(({ op }) => op).join() === "open,ioctl",
    );
    expect(found).toBeDefined();
    const program = compile(found === undefined ? [] : [found]);
    const lines = execFileSync(program, { encoding: "utf8" }).trim().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^fd0 = open\("\/dev\/hbfctl", O_\w+\) = /);
  });
});
