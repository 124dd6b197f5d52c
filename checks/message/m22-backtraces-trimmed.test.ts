import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { m22BacktracesTrimmed } from "./m22-backtraces-trimmed.ts";

test("timestamps and module lists are pointed at", async () => {
  const message = "It fails:\n\n[   12.345678] BUG: x\n  Modules linked in: a b";
  const found = await judgeOne(m22BacktracesTrimmed, { message });
  expect(found).toEqual(["pass", "warning 0001.patch:8", "warning 0001.patch:9"]);
});

test("a call chain passes", async () => {
  const message = "It fails:\n\n  Call Trace:\n   hbf_ioctl+0x1/0x2\n[1] a reference";
  expect(await judgeOne(m22BacktracesTrimmed, { message })).toEqual(["pass"]);
});
