import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { renderWireHeader } from "../../kernel-model/index.ts";

test("wire.h is what the model renders", () => {
  const header = readFileSync(join(import.meta.dirname, "wire.h"), "utf8");
  expect(header).toBe(renderWireHeader());
});
