import { ToolError } from "../tools/lib/error.ts";
import { contentKey } from "../tools/lib/fs/content-store.ts";
import type { ReviewContext } from "./context.ts";
import type { Check, CheckResult, Place, VerdictKind } from "./contract.ts";

/** Where results are remembered between runs, by content key. */
export interface ResultStore {
  get(key: string): Promise<CheckResult | undefined>;
  put(key: string, result: CheckResult): Promise<void>;
}

/** A result with the check it belongs to. */
export interface GateEntry {
  readonly check: Pick<Check<ReviewContext>, "id" | "title" | "why" | "source">;
  readonly result: CheckResult;
  /** True when nothing that the check looks at has changed since an earlier run. */
  readonly fromCache: boolean;
  readonly durationMs: number;
}

/**
 * What the whole gate says; only `ready` and `ready-to-attest` say that a series may be posted.
 * `clean` is for single patches: no finding in what could be judged, and no word on a series.
 */
export type GateVerdict = "ready" | "ready-to-attest" | "clean" | "not-ready" | "not-run" | "error";

/**
 * As what patches are judged: a series has to be whole, single patches only have to be good, and
 * `texts` are single patches without a kernel tree, of which only the texts can be judged.
 */
export type JudgedAs = "series" | "patches" | "texts";

export interface GateOptions {
  readonly checks: readonly Check<ReviewContext>[];
  readonly store: ResultStore;
  /** Hash of rfckit's own code: results of another version are not trusted. */
  readonly codeKey: string;
  /** True when warnings and open statements are findings, see `Profile`. */
  readonly isStrict: boolean;
  /** Turns a place in a mail into one that a person can open; as it is unless told. */
  readonly placeOf?: ((place: Place) => Place) | undefined;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** How many checks may run side by side; one that takes minutes has the machine for itself. */
  readonly atOnce: number;
  readonly onStart: (check: GateEntry["check"]) => void;
  readonly onEntry: (entry: GateEntry) => void;
}

/** Only good results are remembered; a bad one is looked into again each time it is asked for. */
const REMEMBERED: readonly VerdictKind[] = ["pass", "waived", "attest"];

/**
 * Runs every check, from the cache where nothing changed: first the short ones, several at once,
 * then those that build and boot, one after another. The entries are in the order of the checks.
 */
export async function runGate(context: ReviewContext, options: GateOptions): Promise<GateEntry[]> {
  const entries = new Map<string, GateEntry>();
  const run = async (check: Check<ReviewContext>): Promise<void> => {
    options.signal.throwIfAborted();
    const started = options.now();
    options.onStart(check);
    const { result: found, fromCache } = await judge(check, context, options);
    const strict = options.isStrict ? stricten(check, found) : found;
    const result = locate(strict, options.placeOf);
    const entry = { check, result, fromCache, durationMs: options.now() - started };
    entries.set(check.id, entry);
    options.onEntry(entry);
  };
  const isLong = ({ cost }: Check<ReviewContext>): boolean => cost === "minutes";
  const short = options.checks.filter((check) => !isLong(check));
  await runSome(short, options.atOnce, run);
  await runSome(options.checks.filter(isLong), 1, run);
  return options.checks.flatMap(({ id }) => entries.get(id) ?? []);
}

/** Takes the checks in order, some of them side by side; what is thrown waits for the others. */
async function runSome(
  checks: readonly Check<ReviewContext>[],
  atOnce: number,
  run: (check: Check<ReviewContext>) => Promise<void>,
): Promise<void> {
  // The lanes share one generator: each check is taken by one, and a throw closes it for all.
  const waiting = (function* () {
    yield* checks;
  })();
  const lanes = Array.from({ length: atOnce }, async () => {
    for (const check of waiting) await run(check);
  });
  for (const ended of await Promise.allSettled(lanes)) {
    if (ended.status === "rejected") throw ended.reason;
  }
}

/** What a result is remembered under: everything that it hangs on, by content. */
export async function keyOf(
  check: Check<ReviewContext>,
  context: ReviewContext,
  codeKey: string,
): Promise<string> {
  return contentKey([check.id, codeKey, ...(await check.inputs(context))]);
}

/**
 * The verdict of the whole: a finding outranks a failure of the machine, and neither is ready.
 *
 * @param isFit false for what cannot be judged whatever is found in it, such as a wrong base
 */
export function judgeGate(
  entries: readonly { readonly result: Pick<CheckResult, "verdict"> }[],
  judgedAs: JudgedAs = "series",
  isFit = true,
): GateVerdict {
  const kinds = new Set(entries.map((entry) => entry.result.verdict.kind));
  if (!isFit) return kinds.has("error") ? "error" : "not-run";
  if (kinds.has("fail")) return "not-ready";
  if (kinds.has("error")) return "error";
  const ran = entries.some(({ result }) => result.verdict.kind !== "not-run");
  if (!ran || (kinds.has("not-run") && judgedAs !== "texts")) return "not-run";
  if (judgedAs !== "series") return "clean";
  return kinds.has("attest") ? "ready-to-attest" : "ready";
}

/** What is let pass in a draft is a finding here: a warning, and what nobody has stated. */
function stricten(check: GateEntry["check"], result: CheckResult): CheckResult {
  const { verdict, diagnostics } = result;
  const fails = { ...result, verdict: { kind: "fail" } } as const;
  if (verdict.kind === "attest") {
    const what = `nobody has stated ${verdict.statement}`;
    const { id, why } = check;
    return { ...fails, diagnostics: [{ id, severity: "error", what, why }] };
  }
  const warns = diagnostics.some(({ severity }) => severity === "warning");
  return verdict.kind === "pass" && warns ? fails : result;
}

function locate(result: CheckResult, placeOf: GateOptions["placeOf"]): CheckResult {
  if (placeOf === undefined) return result;
  const diagnostics = result.diagnostics.map((one) =>
    one.place === undefined ? one : { ...one, place: placeOf(one.place) },
  );
  return { ...result, diagnostics };
}

async function judge(
  check: Check<ReviewContext>,
  context: ReviewContext,
  options: GateOptions,
): Promise<{ result: CheckResult; fromCache: boolean }> {
  try {
    const key = await keyOf(check, context, options.codeKey);
    const known = await options.store.get(key);
    if (known !== undefined) return { result: known, fromCache: true };
    const result = await check.run(context);
    if (REMEMBERED.includes(result.verdict.kind)) await options.store.put(key, result);
    return { result, fromCache: false };
  } catch (error) {
    if (options.signal.aborted) throw error;
    return { result: resultOfError(error), fromCache: false };
  }
}

/** What the machine lacks is `not-run`; what broke is `error`; a defect of ours stays a throw. */
function resultOfError(error: unknown): CheckResult {
  if (!(error instanceof ToolError) || error.kind === "internal") throw error;
  const hint = error.hints.join("; ");
  return {
    verdict:
      error.kind === "environment"
        ? { kind: "not-run", missing: error.message, howToGet: hint }
        : { kind: "error", message: hint === "" ? error.message : `${error.message} (${hint})` },
    diagnostics: [],
    summary: error.message.split("\n")[0] ?? error.code,
  };
}
