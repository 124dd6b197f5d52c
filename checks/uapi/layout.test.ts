import { expect, test } from "vitest";
import { layOut } from "./layout.ts";
import { parseStructs } from "./parse-header.ts";

const structOf = (text: string) => {
  const lines = text.split("\n").map((one, at) => ({ text: one, line: at + 1 }));
  const [struct] = parseStructs(lines);
  if (struct === undefined) throw new Error("no struct");
  return struct;
};

test("members, arrays, defines and flexible arrays are laid out", () => {
  const struct = structOf(
    "#define N\t3\nstruct a {\n\t__u8 x[N];\n\t__u8 y;\n\t__u32 z[2][2];\n\t__u32 rest[];\n};",
  );
  expect(layOut(struct, new Map())).toEqual({ size: 20, align: 4, holes: [] });
});

test("holes inside and at the end are told with their bytes", () => {
  const struct = structOf("struct a {\n\t__u32 x;\n\t__u64 y;\n\t__u16 z;\n};");
  expect(layOut(struct, new Map())).toMatchObject({
    size: 24,
    holes: [
      { before: { name: "y" }, bytes: 4 },
      { before: undefined, bytes: 6 },
    ],
  });
});

test("a union is as large as its largest, and a known struct is taken", () => {
  const known = new Map([["struct b", { size: 12, align: 4, holes: [] }]]);
  const union = structOf("union a {\n\tstruct b b;\n\t__u64 x;\n};");
  expect(layOut(union, known)).toMatchObject({ size: 16, align: 8 });
});

test.each([
  ["\tlong x;"],
  ["\t__u8 *x;"],
  ["\t__u32 x : 3;"],
  ["\t__u8 x[SOME];"],
  ["\tstruct b b;"],
  ["\tunion {"],
])("%j is unknown", (member) => {
  const struct = structOf(`struct a {\n${member}\n};`);
  expect(layOut(struct, new Map())).toMatchObject({ unknown: { text: member } });
});
