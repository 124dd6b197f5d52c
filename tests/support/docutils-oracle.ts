import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DIRECTIVES } from "../../checks/doc/rst/directives/specs.ts";
import { cacheDir } from "../../tools/lib/fs/cache-dir.ts";
import { contentKey, openContentStore } from "../../tools/lib/fs/content-store.ts";
import { run } from "../../tools/lib/proc/run.ts";

/** A node as docutils has it: depth, type, name, line, text, source. */
export type OracleNode = readonly [number, string, string, number | null, string, string];

/** A message: level, line, text. */
export type OracleMessage = readonly [number, number | null, string];

/** What docutils says of one document. */
export type OracleAnswer =
  | { readonly nodes: readonly OracleNode[]; readonly messages: readonly OracleMessage[] }
  | { readonly error: string };

const PYTHON = "/usr/bin/python3";
const SCRIPT = join(import.meta.dirname, "docutils_oracle.py");
const TIMEOUT_MS = 20 * 60_000;
const AT_ONCE = 200;
const PROCESSES = 2;

/**
 * Asks docutils how it parses documents. Answers are kept in the cache under what they depend on:
 * the version of docutils, the script, the table of directives, the document.
 */
export async function askDocutils(documents: readonly string[]): Promise<OracleAnswer[]> {
  const store = openContentStore(join(cacheDir(process.env), "docutils-oracle"));
  const table = JSON.stringify(directiveTable());
  const script = await readFile(SCRIPT);
  const version = await askVersion();
  const keys = documents.map((document) => contentKey([version, script, table, document]));
  const answers = new Map<string, OracleAnswer>();
  const missing: { key: string; document: string }[] = [];
  for (const [index, key] of keys.entries()) {
    const kept = await store.readBytes(key);
    if (kept !== undefined) answers.set(key, JSON.parse(new TextDecoder().decode(kept)));
    else missing.push({ key, document: documents[index] ?? "" });
  }
  const batches: (typeof missing)[] = [];
  for (let at = 0; at < missing.length; at += AT_ONCE)
    batches.push(missing.slice(at, at + AT_ONCE));
  const work = async (): Promise<void> => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
      const lines = await askPython(
        table,
        batch.map((it) => it.document),
      );
      for (const [index, { key }] of batch.entries()) {
        const line = lines[index] ?? "";
        answers.set(key, JSON.parse(line));
        await store.writeBytes(key, line);
      }
    }
  };
  await Promise.all(Array.from({ length: PROCESSES }, work));
  return keys.map((key) => answers.get(key) ?? { error: "no answer" });
}

function directiveTable(): Record<string, unknown> {
  return Object.fromEntries(
    [...DIRECTIVES].map(([name, spec]) => [
      name,
      [spec.required, spec.optional, spec.lastTakesRest, spec.options, spec.content],
    ]),
  );
}

/** Without docutils nothing is compared, whatever was kept of its answers. */
async function askVersion(): Promise<string> {
  const [version = ""] = await runPython(["-c", "import docutils; print(docutils.__version__)"]);
  return version;
}

function askPython(table: string, documents: readonly string[]): Promise<string[]> {
  // docutils is given what it would have read from a file: no byte order mark.
  const lines = documents.map((document) => JSON.stringify(document.replace(/^\ufeff/, "")));
  return runPython([SCRIPT], `${[table, ...lines].join("\n")}\n`);
}

async function runPython(args: readonly string[], input = ""): Promise<string[]> {
  const result = await run({ file: PYTHON, args, input, timeoutMs: TIMEOUT_MS });
  if (result.code !== 0) {
    const words = new TextDecoder().decode(result.stderr);
    throw new Error(`docutils did not answer ('rfckit doctor' tells what is missing)\n${words}`);
  }
  return new TextDecoder().decode(result.stdout).trimEnd().split("\n");
}
