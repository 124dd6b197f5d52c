import { expect, test } from "vitest";
import { isAtLeast } from "./qemu-version.ts";

test.each([
  ["QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7)", "8.1", false],
  ["QEMU emulator version 8.1.0", "8.1", true],
  ["QEMU emulator version 10.0.2", "8.1", true],
  ["QEMU emulator version 8.0.50", "8.1", false],
  ["something else", "8.1", false],
])("'%s' is at least %s: %s", (id, wanted, expected) => {
  expect(isAtLeast(id, wanted)).toBe(expected);
});
