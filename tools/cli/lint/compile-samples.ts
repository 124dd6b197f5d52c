import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { openDocFile } from "../../../checks/doc/doc-file.ts";
import type { FileChange } from "../../../checks/doc/index/overlay.ts";
import { COMPILE_MARK, findMarkedSamples } from "../../../checks/doc/marked-samples.ts";
import { ToolError } from "../../lib/error.ts";
import {
  type CSample,
  compileSample,
  isConfigured,
  type SampleError,
} from "../../lib/kernel/compile-sample.ts";

export interface CompileRequest {
  /** Top of the kernel tree; without one nothing is compiled. */
  readonly top: string | undefined;
  /** Its headers come before those of the tree. */
  readonly series: readonly FileChange[];
  /** Where the kernel was configured; the tree itself unless told. */
  readonly objects: string | undefined;
  readonly signal: AbortSignal;
}

export interface CompiledSamples {
  readonly compileErrors: (sample: CSample) => readonly SampleError[];
  /** What was lacking to compile some of them. */
  readonly missing: readonly string[];
}

/** Whether a document asks for anything to be compiled. */
export function hasSamples(source: string): boolean {
  return source.includes(COMPILE_MARK);
}

/** Compiles the samples that a document asks to compile. */
export async function compileSamples(
  document: { readonly path: string; readonly source: string },
  { top, series, objects, signal }: CompileRequest,
): Promise<CompiledSamples> {
  const file = openDocFile({ ...document, treePath: undefined, isChanged: true });
  const samples = findMarkedSamples(file).flatMap((it) => ("problem" in it ? [] : [it]));
  const errors = new Map<string, readonly SampleError[]>();
  const missing = new Set<string>();
  const added = await mkdtemp(join(tmpdir(), "rfckit-samples-"));
  try {
    for (const { path, after } of series) {
      if (after === undefined || !/^include\/.*\.h$/.test(path)) continue;
      await mkdir(dirname(join(added, path)), { recursive: true });
      await writeFile(join(added, path), after);
    }
    for (const sample of samples) {
      const lack = whatLacks(sample, top, objects ?? top);
      if (lack !== undefined || top === undefined) missing.add(lack ?? NO_TREE);
      else {
        const headers = { top, added, objects: objects ?? top, signal };
        const found = await compileSample(sample, headers).catch((error: unknown) => {
          if (!(error instanceof ToolError) || error.code !== "program-missing") throw error;
          missing.add("gcc, to compile samples of C (rfckit doctor)");
          return [];
        });
        errors.set(keyOf(sample), found);
      }
    }
  } finally {
    await rm(added, { recursive: true });
  }
  return { compileErrors: (it) => errors.get(keyOf(it)) ?? [], missing: [...missing] };
}

const NO_TREE = "a kernel tree around the files, whose headers samples of C are compiled with";

function whatLacks(
  { target }: CSample,
  top: string | undefined,
  objects: string | undefined,
): string | undefined {
  if (top === undefined || objects === undefined) return NO_TREE;
  if (target === "user" || isConfigured(objects)) return undefined;
  return "a configured kernel for samples of kernel code (make prepare, or --objects DIR)";
}

function keyOf({ target, code }: CSample): string {
  return `${target}\n${code}`;
}
