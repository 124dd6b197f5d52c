import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../tools/lib/proc/run.ts";
import { layoutStruct } from "../codec/layout.ts";
import { formatRet } from "./errno.ts";
import { HINT_OPS_MASK } from "./hint-ops.ts";
import { ioctlNumber } from "./ioctl.ts";
import { HBF_IOC_CAPS } from "./ioctls/caps.ts";
import { HBF_IOC_HINT } from "./ioctls/hint.ts";
import { HBF_IOC_STATS } from "./ioctls/stats.ts";
import { isSince } from "./stage.ts";
import { knownSize, type StructDef } from "./struct.ts";
import { HBF_HINT } from "./structs/hbf_hint.ts";
import { STRUCTS } from "./structs/registry.ts";

test("ioctl numbers equal those computed by hand", () => {
  // (3 << 30) | (size << 16) | (0xBB << 8) | nr
  expect(ioctlNumber(HBF_IOC_CAPS)).toBe(0xc028bb00);
  expect(ioctlNumber(HBF_IOC_HINT)).toBe(0xc040bb01);
  expect(ioctlNumber(HBF_IOC_STATS)).toBe(0xc108bb02);
});

test("the stages know what came with or before them", () => {
  expect(isSince("v1", "v2")).toBe(false);
  expect(isSince("v3", "v2")).toBe(true);
  expect(["v1", "v2", "v3"].map((stage) => knownSize(HBF_HINT, stage as "v1"))).toEqual([
    64, 64, 128,
  ]);
});

test("numbers that people see", () => {
  expect(HINT_OPS_MASK).toBe(0x1e);
  expect([0, 8, -22, -95, -133].map(formatRet)).toEqual([
    "0",
    "8",
    "-EINVAL",
    "-EOPNOTSUPP",
    "-133",
  ]);
});

describe("a C compiler agrees", () => {
  let dir = "";
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "rfckit-abi-"));
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  test("with sizes, offsets and ioctl numbers", async () => {
    const source = join(dir, "abi.c");
    await writeFile(source, renderProgram(STRUCTS));
    const { code, stderr } = await run({
      file: "gcc",
      args: ["-Wall", "-Wpadded", "-Werror", "-c", "-o", join(dir, "abi.o"), source],
      timeoutMs: 60_000,
    });
    expect(Buffer.from(stderr).toString()).toBe("");
    expect(code).toBe(0);
  });
});

/** The structs as the header has them, with what the model says as assertions. */
function renderProgram(structs: readonly StructDef[]): string {
  const c = { u32: "__u32", s32: "__s32", u64: "__u64" } as const;
  const member = ({ name, type, count }: StructDef["fields"][number]): string =>
    `${typeof type === "string" ? c[type] : `struct ${type.name}`} ${name}${count ? `[${count}]` : ""};`;
  const commands = [HBF_IOC_CAPS, HBF_IOC_STATS].map(
    (def) =>
      `_Static_assert(_IOWR(0xBB, ${def.nr}, struct ${def.struct.name}) == ${ioctlNumber(def)}u, "");`,
  );
  return [
    "#include <linux/types.h>",
    "#include <linux/ioctl.h>",
    ...structs.flatMap((def) => [
      `struct ${def.name} { ${def.fields.map(member).join(" ")} };`,
      `_Static_assert(sizeof(struct ${def.name}) == ${def.size}, "${def.name}");`,
      ...layoutStruct(def).fields.map(
        ({ name, offset }) =>
          `_Static_assert(__builtin_offsetof(struct ${def.name}, ${name}) == ${offset}, "${name}");`,
      ),
    ]),
    ...commands,
    "struct hint_ver0 { char bytes[64]; };",
    `_Static_assert(_IOWR(0xBB, 1, struct hint_ver0) == ${ioctlNumber(HBF_IOC_HINT)}u, "");`,
    "",
  ].join("\n");
}
