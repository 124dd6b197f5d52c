import { expect, test } from "vitest";
import { editModule } from "./edits.ts";

const CODE = `import { PAGE } from "./params-1.js";
/** More than 3 pages. */
export function check(state, n) {
    if (n > 3 && !state.open)
        return failed(state, "EINVAL"); // 5
    return n + 1;
}
`;

test("each place is changed once by each operator, and texts are left alone", () => {
  const changes = editModule("a.ts", CODE).map(({ operator, after }) => `${operator}: ${after}`);
  expect(changes).toEqual([
    "condition: if (!(n > 3 && !state.open))",
    "relation: if (n >= 3 && !state.open)",
    "constant: if (n > 4 && !state.open)",
    "logic: if (n > 3 || !state.open)",
    'errno: return failed(state, "EPERM"); // 5',
    "arithmetic: return n - 1;",
    "constant: return n + 2;",
  ]);
});

test("a mutant says where it is", () => {
  for (const { start, end, before } of editModule("a.ts", CODE)) {
    expect(CODE.slice(0, start).split("\n").at(-1)?.trimStart()).toBe(
      before.slice(0, CODE.slice(0, start).split("\n").at(-1)?.trimStart().length),
    );
    expect(end).toBeGreaterThan(start);
  }
});
