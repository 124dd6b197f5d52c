import { join, relative, resolve } from "node:path";
import { type DocProfileName, isDocProfile } from "../../../checks/doc/profiles.ts";
import { ToolError } from "../../lib/error.ts";
import { runGit } from "../../lib/git/git.ts";
import type { CommandContext } from "../command.ts";
import { collectDocuments, decodeDocument } from "./collect-documents.ts";
import { findCommit, listChanged } from "./document-tree.ts";
import type { LintDocument } from "./lint-documents.ts";
import type { SeriesChanges } from "./series-changes.ts";

/** The options of `rfckit lint`, as commander reads them. */
export interface LintOptions {
  readonly format: readonly string[];
  readonly profile?: string;
  readonly since: string;
  readonly changed?: true;
  readonly series?: string | true;
  readonly range?: string;
  readonly objects?: string;
  readonly stdin?: true;
  readonly filename?: string;
  readonly fix?: true;
  readonly diff?: true;
  readonly explain?: string;
  readonly lsp?: true;
}

/** What the options ask to look at. */
export interface LintSubject {
  readonly documents: readonly LintDocument[];
  readonly series: SeriesChanges | undefined;
}

/**
 * Finds the documents that the command line means.
 *
 * @throws ToolError (user) for paths, revisions and options that do not fit, and of the series
 */
export async function findSubject(
  paths: readonly string[],
  options: LintOptions,
  context: CommandContext,
): Promise<LintSubject> {
  const { cwd } = context;
  const series = await readSeries(options, context);
  if (options.stdin === true) return { documents: [await readStdin(options, context)], series };
  if (options.filename !== undefined)
    throw misuse("--filename names what --stdin reads", "--stdin");
  if (series !== undefined && paths.length === 0) return { documents: series.documents, series };
  const documents = await collectDocuments(paths.length === 0 ? ["."] : paths, cwd);
  if (options.changed !== true) return { documents, series };
  const changed = await findChangedBelow(cwd, options.since, context.signal);
  return { documents: documents.filter(({ absolute }) => changed.has(absolute)), series };
}

/** Only a series needs the parsers of its description and mails, which take time to load. */
async function readSeries(
  { series, range }: LintOptions,
  context: CommandContext,
): Promise<SeriesChanges | undefined> {
  if (series === undefined && range === undefined) return undefined;
  const { readRangeChanges, readSeriesChanges } = await import("./series-changes.ts");
  if (range === undefined) return readSeriesChanges(series ?? true, context);
  if (series !== undefined) throw misuse("--series and --range are two series", "--range A..B");
  return readRangeChanges(range, context);
}

/**
 * Where the kernel was configured.
 *
 * @throws ToolError `not-configured` (user)
 */
export async function readObjects(
  dir: string | undefined,
  cwd: string,
): Promise<string | undefined> {
  if (dir === undefined) return undefined;
  const { isConfigured } = await import("../../lib/kernel/compile-sample.ts");
  if (isConfigured(resolve(cwd, dir))) return resolve(cwd, dir);
  throw new ToolError(`no kernel was configured in '${dir}'`, {
    kind: "user",
    code: "not-configured",
    hints: [`make O=${dir} defconfig prepare`],
  });
}

/** @throws ToolError `unknown-profile` (user) */
export function readProfile(name: string | undefined): DocProfileName | undefined {
  if (name === undefined || isDocProfile(name)) return name;
  throw new ToolError(`there is no profile '${name}'`, {
    kind: "user",
    code: "unknown-profile",
    hints: ["--profile kernel|rfc|project"],
  });
}

async function readStdin(options: LintOptions, context: CommandContext): Promise<LintDocument> {
  const { filename } = options;
  if (filename === undefined || !/\.(?:rst|md)$/.test(filename)) {
    throw misuse("--stdin needs a name that ends with .rst or .md", "--stdin --filename a.rst");
  }
  if (options.fix === true) {
    throw misuse("what comes from standard input cannot be written back", "--stdin --diff");
  }
  const bytes = (await context.stdin?.()) ?? new Uint8Array();
  const absolute = resolve(context.cwd, filename);
  return { path: filename, absolute, text: decodeDocument(bytes) };
}

async function findChangedBelow(
  cwd: string,
  since: string,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const found = await runGit({ dir: cwd, signal, args: ["rev-parse", "--show-toplevel"] });
  const top = new TextDecoder().decode(found.stdout).trimEnd();
  if (found.code !== 0) throw misuse("--changed needs a git repository", "git -C DIR init");
  const commit = await findCommit(top, since, signal);
  if (commit === undefined) throw misuse(`'${since}' names no commit`, "--since HEAD~1");
  const changed = await listChanged(top, commit, signal);
  // The directory may be reached through a symbolic link that git resolves.
  const up = await runGit({ dir: cwd, signal, args: ["rev-parse", "--show-cdup"] });
  const own = resolve(cwd, new TextDecoder().decode(up.stdout).trimEnd());
  return new Set([...changed].map((path) => join(own, relative(top, join(top, path)))));
}

function misuse(message: string, hint: string): ToolError {
  return new ToolError(message, {
    kind: "user",
    code: "lint-usage",
    hints: [hint.startsWith("--") ? `rfckit lint ${hint}` : hint],
  });
}
