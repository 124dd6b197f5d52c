import { describe, expect, test } from "vitest";
import { TWO_TIERS_HMAT } from "../topology/two-tiers-hmat.ts";
import { describeVector } from "./describe.ts";
import { renderCPrograms } from "./emit/c-program.ts";
import { renderJsonLines } from "./emit/json-lines.ts";
import { generateVectors } from "./generate.ts";

const set = generateVectors({ stage: "v1", seed: 1, topology: TWO_TIERS_HMAT });

describe("a vector for people", () => {
  const text = (id: string): string => {
    const vector = set.vectors.find((candidate) => candidate.id === id);
    return vector === undefined ? "" : describeVector(vector);
  };

  test("is a program with the predicted answers", () => {
    expect(text("single-vma-locked-first-demote")).toBe(
      [
        "/* single-vma-locked-first-demote",
        " * demote: vma-locked alone (first)",
        " * rows: vma-locked, not-supported; answer: vma-locked",
        " * twin: single-valid-demote",
        " */",
        'fd0 = open("/dev/hbfctl", O_RDWR); /* 0 */',
        "mmap(arena + 8 * PAGE, 4 * PAGE, PROT_READ | PROT_WRITE, " +
          "MAP_PRIVATE | MAP_ANONYMOUS, ...); /* 0 */",
        "mlock2(arena + 8 * PAGE, 1 * PAGE, MLOCK_ONFAULT); /* 0 */",
        "ioctl(fd0, HBF_IOC_HINT, &(struct hbf_hint){ .size = 64, .op = HBF_OP_DEMOTE, " +
          ".start = 0x40008000, .len = 0x4000, .target_nid = -1 }); /* -EINVAL */",
        "",
      ].join("\n"),
    );
  });

  test("says where the argument faults, and gives raw pointers as such", () => {
    expect(text("single-body-faults-at-40-demote")).toContain("/* argument: byte 40 faults */");
    expect(text("single-size-faults-null-prefetch")).toContain("HBF_IOC_HINT, (void *)0x0)");
    expect(text("caps-size-40-read-only")).toContain("/* argument: read-only */");
  });

  test("names bytes beyond the struct by their offset", () => {
    expect(text("tail-4096-byte-4095-0x01")).toContain("[4095] = 0x1");
  });
});

test("JSON Lines hold every vector, with its calls and answers", () => {
  const lines = renderJsonLines(set).trimEnd().split("\n");
  expect(lines.length).toBe(set.vectors.length + 1);
  expect(JSON.parse(lines[0] ?? "")).toEqual({
    schemaVersion: 1,
    stage: "v1",
    seed: 1,
    topology: "two-tiers-hmat",
    vectors: set.vectors.length,
  });
  const index = set.vectors.findIndex(({ id }) => id === "caps-size-8");
  const line = JSON.parse(lines[index + 1] ?? "");
  expect(line.calls[1]).toMatchObject({ op: "ioctl", slot: 0, cmd: 0xc028bb00, pointer: "0" });
  expect(line.calls[1].payload).toMatch(/^08000000(00)+$/);
  expect(line.expected[1]).toEqual([{ ret: 0, out: `0800000001000000${"00".repeat(56)}` }]);
});

test("the C text holds every vector", () => {
  const text = renderCPrograms(set);
  expect(text.match(/^\/\* [a-z]/gm)?.length).toBe(set.vectors.length);
});
