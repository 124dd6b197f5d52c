import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { GENERATED_FILES } from "./generated-files.ts";

for (const [path, render] of Object.entries(GENERATED_FILES)) {
  const target = resolve(import.meta.dirname, "..", path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, render());
  console.log(path);
}
