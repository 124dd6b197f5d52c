import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TOPOLOGIES } from "../../topology/registry.ts";
import { generateVectors } from "../generate.ts";
import type { Vector, VectorSet } from "../vector.ts";
import { renderReproducer } from "./reproducer.ts";

const [TOPOLOGY] = TOPOLOGIES;
if (TOPOLOGY === undefined) throw new Error("the model has no topology");
const SET = generateVectors({ stage: "v2", seed: 1, topology: TOPOLOGY });
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

/** Few vectors that have every operation between them. */
function everyOperation(): readonly Vector[] {
  const seen = new Set<string>();
  return SET.vectors.filter(({ calls }) => {
    const fresh = calls.some(({ op }) => !seen.has(op));
    for (const { op } of calls) seen.add(op);
    return fresh;
  });
}

describe("a reproducer", () => {
  test("of every operation builds alone, without a warning", () => {
    const vectors = everyOperation();
    const ops = new Set(vectors.flatMap(({ calls }) => calls.map(({ op }) => op)));
    expect(ops).toContain("ioctl");
    expect(ops).toContain("cpuset");
    compile(vectors);
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
