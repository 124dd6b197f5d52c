import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { GENERATED_FILES } from "./generated-files.ts";

test.each(Object.entries(GENERATED_FILES))(
  "%s is up to date (npm run generate)",
  (path, render) => {
    const target = resolve(import.meta.dirname, "..", path);
    expect(readFileSync(target, "utf8")).toBe(render());
  },
);
