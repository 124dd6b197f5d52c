import { ToolError } from "../lib/error.ts";

/** What `npm run new` writes, by path from the top of the repository, and what is left to do. */
export interface NewFiles {
  readonly files: ReadonlyMap<string, string>;
  readonly next: readonly string[];
}

/** One kind of thing that can be added: `npm run new -- KIND ID`. */
interface Kind {
  /** What an id looks like. */
  readonly id: RegExp;
  readonly example: string;
  /** The registry that gets a line, and how its list begins. */
  readonly registry: string;
  readonly list: RegExp;
  files(id: string, name: string): readonly (readonly [string, string])[];
  /** The import and the entry of the registry. */
  entry(id: string, name: string): readonly [string, string];
  next(id: string): readonly string[];
}

/** The folder of a check by the letter of its row. */
const FOLDERS: Readonly<Record<string, string>> = {
  s: "series",
  m: "message",
  e: "mail",
  r: "mail",
  l: "licence",
  t: "static",
  k: "kconfig",
  u: "uapi",
  d: "doc",
  b: "build",
  f: "selftests",
  x: "boot",
};
const folderOf = (id: string): string => FOLDERS[id.charAt(0)] ?? "series";

const KINDS: Readonly<Record<string, Kind>> = {
  check: {
    id: /^[semrltkudbfx]\d\d(?:-[a-z0-9]+)+$/,
    example: "m28-subject-is-short",
    registry: "checks/registry-of-texts.ts",
    list: /\[\n/,
    files: (id, name) => [
      [`checks/${folderOf(id)}/${id}.ts`, checkText(id, name)],
      [`checks/${folderOf(id)}/${id}.test.ts`, checkTest(id, name)],
    ],
    entry: (id, name) => [`import { ${name} } from "./${folderOf(id)}/${id}.ts";`, `  ${name},`],
    next: (id) => [
      `state the rule in checks/${folderOf(id)}/${id}.ts; its test stands beside it`,
      `add the row ${id.slice(0, 3).toUpperCase()} to docs/design/0030-gate-rows.md`,
    ],
  },
  rule: {
    id: /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
    example: "no-tabs",
    registry: "checks/doc/rule-registry.ts",
    list: /\[\n/,
    files: (id, name) => [[`checks/doc/rules/${id}.ts`, ruleText(id, name)]],
    entry: (id, name) => [`import { ${name} } from "./rules/${id}.ts";`, `  ${name},`],
    next: (id) => [`state the rule in checks/doc/rules/${id}.ts; its examples are its test`],
  },
  command: {
    id: /^[a-z]+$/,
    example: "status",
    registry: "tools/cli/commands/index.ts",
    list: /\[\n/,
    files: (id) => [
      [`tools/cli/commands/${id}.ts`, commandText(id)],
      [`tools/cli/commands/${id}.test.ts`, commandTest(id)],
    ],
    entry: (id) => [`import { ${id}Command } from "./${id}.ts";`, `  ${id}Command,`],
    next: (id) => [`say what it does in tools/cli/commands/${id}.ts, and add it to README.md`],
  },
  reporter: {
    id: /^[a-z]+$/,
    example: "csv",
    registry: "tools/cli/reporters/index.ts",
    list: /=> string>> = \{\n/,
    files: (id, name) => [[`tools/cli/reporters/${id}.ts`, reporterText(id, name)]],
    entry: (id, name) => [
      `import { ${render(name)} } from "./${id}.ts";`,
      `  ${id}: ${render(name)},`,
    ],
    next: (id) => [`write the form in tools/cli/reporters/${id}.ts, and add it to formats.test.ts`],
  },
};

/**
 * Plans the files of a new check, rule, command or reporter, and the line in its registry.
 *
 * @param read the text of a file, undefined when there is none
 * @throws ToolError (user) `unknown-kind`, `bad-id`, `exists`
 */
export function planNew(
  kindName: string,
  id: string,
  read: (path: string) => string | undefined,
): NewFiles {
  const kind = Object.hasOwn(KINDS, kindName) ? KINDS[kindName] : undefined;
  const uses = Object.entries(KINDS).map(([name, one]) => `npm run new -- ${name} ${one.example}`);
  if (kind === undefined) throw refuse("unknown-kind", `there is no kind '${kindName}'`, uses);
  if (!kind.id.test(id)) {
    const hints = [`npm run new -- ${kindName} ${kind.example}`];
    throw refuse("bad-id", `'${id}' is no id of a ${kindName}`, hints);
  }
  const name = id.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const files = new Map(kind.files(id, name));
  for (const path of files.keys()) {
    if (read(path) !== undefined) throw refuse("exists", `'${path}' is there already`, []);
  }
  const registry = read(kind.registry) ?? "";
  files.set(kind.registry, register(registry, kind, kind.entry(id, name)));
  const checks = [
    "npx biome check --write",
    "npm run generate",
    "npm run lint",
    "npm run test:unit",
  ];
  return { files, next: [...kind.next(id), ...checks] };
}

function register(text: string, { list }: Kind, entry: readonly [string, string]): string {
  const [line, member] = entry;
  const imports = text.lastIndexOf("\nimport ");
  const after = text.indexOf("\n", imports + 1);
  const withImport = `${text.slice(0, after)}\n${line}${text.slice(after)}`;
  const start = list.exec(withImport.slice(after));
  const end = withImport.slice(after + (start?.index ?? 0)).search(/\n[\]}]/);
  const at = after + (start?.index ?? 0) + end;
  return `${withImport.slice(0, at)}\n${member}${withImport.slice(at)}`;
}

function refuse(code: string, message: string, hints: readonly string[]): ToolError {
  return new ToolError(message, { kind: "user", code, hints });
}

function render(name: string): string {
  return `render${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function checkText(id: string, name: string): string {
  return `import { defineTextRule } from "../text-rule.ts";

/** No line of a message says 'Example-Defect:'. */
export const ${name} = defineTextRule({
  id: "${id}",
  title: "no line of a message says 'Example-Defect:'",
  why: "say here what goes wrong when the rule is broken",
  source: "project",
  fix: "say here what to do",
  bad: "Example-Defect: this is found",
  good: "this is not",
  *inMail({ parsed: { message } }) {
    for (const { line, text } of message) {
      if (text.startsWith("Example-Defect:")) yield { line, what: "the message has the defect" };
    }
  },
});
`;
}

function checkTest(id: string, name: string): string {
  return `import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { ${name} } from "./${id}.ts";

test("the defect is found at its line", async () => {
  const message = "Because.\\nExample-Defect: here";
  expect(await judgeOne(${name}, { message })).toEqual(["fail", "0001.patch:7"]);
});

test("a message without it passes", async () => {
  expect(await judgeOne(${name}, { message: "Because." })).toEqual(["pass"]);
});
`;
}

function ruleText(id: string, name: string): string {
  return `import type { DocRule } from "../doc-rule.ts";

/** No document says 'example defect'. */
export const ${name}: DocRule = {
  id: "${id}",
  severity: "warning",
  kinds: ["rst", "md"],
  title: "no document says 'example defect'",
  why: "say here what goes wrong when the rule is broken",
  source: "project",
  examples: [
    { text: "An example defect.\\n", finds: ["1:4"] },
    { text: "Nothing of the kind.\\n", finds: [] },
  ],
  *check(file) {
    for (const { index } of file.source.matchAll(/example defect/g)) {
      yield { at: index, what: "the document has the defect" };
    }
  },
};
`;
}

function commandText(id: string): string {
  return `import { EXIT } from "../../lib/error.ts";
import type { CommandModule } from "../command.ts";

/** \`rfckit ${id}\`: say here what it does. */
export const ${id}Command: CommandModule = {
  verb: "${id}",
  register(program, context, act) {
    program
      .command("${id}")
      .description("say here what it does")
      .action(
        act(async () => {
          context.stdout("${id}\\n");
          return EXIT.ready;
        }),
      );
  },
};
`;
}

function commandTest(id: string): string {
  return `import { expect, test } from "vitest";
import { rfckitHere } from "../../../tests/support/gate-tree.ts";

test("${id} says its name", async () => {
  expect(await rfckitHere("/", ["${id}"])).toMatchObject({ code: 0, stdout: "${id}\\n" });
});
`;
}

function reporterText(id: string, name: string): string {
  return `import type { GateReport } from "./gate-report.ts";

/** The form \`${id}\`: say here what it is for. */
export function ${render(name)}({ checks }: GateReport): string {
  return checks.map(({ id, verdict }) => \`\${id} \${verdict.kind}\\n\`).join("");
}
`;
}
