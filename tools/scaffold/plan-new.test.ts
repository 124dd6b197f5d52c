import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { planNew } from "./plan-new.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const read = (path: string): string | undefined => {
  try {
    return readFileSync(join(ROOT, path), "utf8");
  } catch {
    return undefined;
  }
};

test.each([
  ["check", "m98-no-example", "checks/message/m98-no-example.ts", "m98NoExample,"],
  ["rule", "no-example", "checks/doc/rules/no-example.ts", "noExample,"],
  ["command", "example", "tools/cli/commands/example.ts", "exampleCommand,"],
  ["reporter", "example", "tools/cli/reporters/example.ts", "example: renderExample,"],
])(
  "a new %s has its file and one import and one entry in the registry",
  (kind, id, path, entry) => {
    const { files, next } = planNew(kind, id, read);
    expect(files.has(path)).toBe(true);
    const changed = [...files].filter(([name]) => read(name) !== undefined);
    expect(changed).toHaveLength(1);
    const [registry = "", text = ""] = changed[0] ?? [];
    const before = (read(registry) ?? "").split("\n");
    const added = text.split("\n").filter((line) => !before.includes(line));
    expect(added).toHaveLength(2);
    expect(added[0]).toMatch(/^import \{ \w+ \} from "\.\//);
    expect(added[1]).toBe(`  ${entry}`);
    expect(next.length).toBeGreaterThan(1);
  },
);

test.each([
  ["thing", "x", "there is no kind 'thing'"],
  ["check", "subject", "'subject' is no id of a check"],
  ["check", "m15-subject-length", "is there already"],
])("new %s %s is refused", (kind, id, message) => {
  expect(() => planNew(kind, id, read)).toThrow(message);
});
