import type { Machine, VectorRequest, VectorSet } from "../../../kernel-model/index.ts";
import { EXIT, type ExitCode, ToolError } from "../../lib/error.ts";
import type { CommandContext, CommandModule } from "../command.ts";

interface VectorsOptions {
  readonly list?: true;
  readonly explain?: string;
  readonly emit?: string;
  readonly stage: string;
  readonly seed: string;
  readonly set: string;
  readonly from?: string;
  readonly topology: string;
  readonly output?: string;
}

const FORMATS = [
  ...["jsonl", "c", "bin", "kselftest", "kselftest-header", "syzlang"],
  ...["c-header", "check-order", "precedence"],
];
/** Includes what `kselftest-header` gives as `hbf_conformance.h`. */
const KSELFTEST = "tools/kselftest/hbf_conformance.c";

/** `rfckit vectors`: the test vectors of the reference model, to read and to feed to others. */
export const vectorsCommand: CommandModule = {
  verb: "vectors",
  register(program, context, act) {
    program
      .command("vectors")
      .description("list, explain or write the test vectors that the reference model makes")
      .option("--list", "one line a vector: id, class, what it pins")
      .option("--explain <id>", "print one vector as a program, with what the model allows")
      .option("--emit <format>", `write them as ${FORMATS.join(", ")}`)
      .option("--stage <stage>", "stage of the series", "v1")
      .option("--seed <number>", "seed of the random classes", "1")
      .option("--set <name>", "default, space (every edge of a closed world), or long", "default")
      .option("--from <file>", "vectors that were written as bin, instead of a set")
      .option("--topology <name>", "machine that they are for", "two-tiers-hmat")
      .option("--output <file>", "write to a file instead of standard output")
      .action(act((options: VectorsOptions) => showVectors(options, context)));
  },
};

async function showVectors(given: VectorsOptions, context: CommandContext): Promise<ExitCode> {
  const { resolve } = await import("node:path");
  const { from } = given;
  const options = from === undefined ? given : { ...given, from: resolve(context.cwd, from) };
  const content = await contentOf(options, context);
  if (options.output === undefined) {
    if (typeof content !== "string") {
      throw usage("format 'bin' is not text", "output-missing", "add --output FILE");
    }
    context.stdout(content);
    return EXIT.ready;
  }
  const { writeFileAtomic } = await import("../../lib/fs/write-file-atomic.ts");
  await writeFileAtomic(resolve(context.cwd, options.output), content);
  return EXIT.ready;
}

async function contentOf(
  options: VectorsOptions,
  context: CommandContext,
): Promise<string | Uint8Array> {
  const { list, explain, emit } = options;
  if ([list, explain, emit].filter((one) => one !== undefined).length !== 1) {
    const hint = "choose one of --list, --explain ID, --emit FORMAT";
    throw usage("nothing to do, or more than one thing", "vectors-mode", hint);
  }
  if (explain !== undefined) return explainVector(await makeSet(options), explain);
  if (emit !== undefined) return emitVectors(emit, options, context);
  const { vectors } = await makeSet(options);
  return vectors.map(({ id, className, title }) => `${id}\t${className}\t${title}\n`).join("");
}

async function emitVectors(
  format: string,
  options: VectorsOptions,
  { packageDir }: CommandContext,
): Promise<string | Uint8Array> {
  const model = await import("../../../kernel-model/index.ts");
  switch (format) {
    case "jsonl":
      return model.renderJsonLines(await makeSet(options));
    case "c":
      return model.renderCPrograms(await makeSet(options));
    case "bin":
      return model.encodeImage(await makeSet(options));
    case "kselftest":
      return await readText(packageDir, KSELFTEST);
    case "kselftest-header":
      return model.renderKselftestHeader(await makeMachine(options));
    case "syzlang":
      return model.renderSyzlang((await makeRequest(options)).stage);
    case "c-header":
      return model.renderWireHeader();
    case "check-order":
      return model.renderCheckOrderPage();
    case "precedence":
      return renderPrecedence(options);
    default:
      throw usage(`unknown format '${format}'`, "format-unknown", `known: ${FORMATS.join(", ")}`);
  }
}

/** The vectors of a file, with what this model expects of them. */
async function readVectors(file: string, options: VectorsOptions): Promise<VectorSet> {
  const { readFile } = await import("node:fs/promises");
  const { decodeImage, ImageError, predictVectors } = await import(
    "../../../kernel-model/index.ts"
  );
  try {
    const image = decodeImage(await readFile(file));
    return predictVectors(await makeRequest(options), image);
  } catch (error) {
    const isFile = error instanceof Error && "syscall" in error;
    if (!isFile && !(error instanceof ImageError)) throw error;
    const why = error.message;
    const hint = "write one with rfckit vectors --emit bin --output FILE";
    throw usage(`'${file}' can't be used: ${why}`, "vector-file-unusable", hint);
  }
}

async function readText(packageDir: string, path: string): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  const { join } = await import("node:path");
  return await readFile(join(packageDir, path), "utf8");
}

async function makeSet(options: VectorsOptions): Promise<VectorSet> {
  const { VECTOR_SET_NAMES, vectorParts } = await import("../../../kernel-model/index.ts");
  const name = VECTOR_SET_NAMES.find((known) => known === options.set);
  if (name === undefined) {
    const hint = `known: ${VECTOR_SET_NAMES.join(", ")}`;
    throw usage(`there is no set '${options.set}' of vectors`, "unknown-set", hint);
  }
  if (options.from !== undefined) return await readVectors(options.from, options);
  const request = await makeRequest(options);
  const vectors = [...vectorParts(name, request)].flatMap((part) => part.vectors);
  const { stage, seed, topology } = request;
  return { stage, seed, topology: topology.name, vectors };
}

async function makeMachine(options: VectorsOptions): Promise<Machine> {
  const { createMachine } = await import("../../../kernel-model/index.ts");
  const { topology, stage } = await makeRequest(options);
  return createMachine(topology, stage);
}

async function makeRequest(options: VectorsOptions): Promise<VectorRequest> {
  const { findTopology, GENERATED_STAGES, TOPOLOGIES } = await import(
    "../../../kernel-model/index.ts"
  );
  const stage = GENERATED_STAGES.find((known) => known === options.stage);
  if (stage === undefined) {
    const hint = `there are vectors for: ${GENERATED_STAGES.join(", ")}`;
    throw usage(`no vectors for stage '${options.stage}'`, "stage-unknown", hint);
  }
  const topology = findTopology(options.topology);
  if (topology === undefined) {
    const hint = `known: ${TOPOLOGIES.map(({ name }) => name).join(", ")}`;
    throw usage(`unknown topology '${options.topology}'`, "topology-unknown", hint);
  }
  const seed = Number(options.seed);
  if (!/^\d+$/.test(options.seed) || seed > 0xffffffff) {
    throw usage(`'${options.seed}' is not a seed`, "seed-invalid", "give a number below 2^32");
  }
  return { stage, seed, topology };
}

async function renderPrecedence(options: VectorsOptions): Promise<string> {
  const { precedenceMatrix, renderPrecedencePage } = await import("../../../kernel-model/index.ts");
  const set = await makeSet(options);
  return renderPrecedencePage(precedenceMatrix(await makeMachine(options), set.vectors), set);
}

async function explainVector({ vectors }: VectorSet, id: string): Promise<string> {
  const { describeVector } = await import("../../../kernel-model/index.ts");
  const vector = vectors.find((candidate) => candidate.id === id);
  if (vector === undefined) {
    const hint = "rfckit vectors --list, with the same --stage, --seed and --topology";
    throw usage(`no vector '${id}' in this set`, "vector-unknown", hint);
  }
  return describeVector(vector);
}

function usage(message: string, code: string, hint: string): ToolError {
  return new ToolError(message, { kind: "user", code, hints: [hint] });
}
