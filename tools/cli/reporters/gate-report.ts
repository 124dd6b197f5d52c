import * as z from "zod";
import type { GateEntry, GateVerdict } from "../../../checks/run-gate.ts";

const place = z.object({
  file: z.string().optional(),
  line: z.int().min(1).optional(),
  column: z.int().min(1).optional(),
  patch: z.string().optional(),
  commit: z.string().optional(),
});

/** A finding as it is published. */
export const diagnostic = z.object({
  id: z.string(),
  severity: z.enum(["error", "warning", "info"]),
  what: z.string(),
  why: z.string(),
  fix: z.object({ text: z.string(), command: z.string().optional() }).optional(),
  place: place.optional(),
  related: z.array(z.object({ what: z.string(), place: place.optional() })).optional(),
});

const verdict = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("pass") }),
  z.object({ kind: z.literal("fail") }),
  z.object({ kind: z.literal("waived"), reason: z.string(), who: z.string() }),
  z.object({ kind: z.literal("attest"), statement: z.string() }),
  z.object({ kind: z.literal("not-run"), missing: z.string(), howToGet: z.string() }),
  z.object({ kind: z.literal("error"), message: z.string() }),
]);

/** The form of a gate report; `docs/reference/gate-report.schema.json` is made from it. */
export const gateReportSchema = z.object({
  schemaVersion: z.literal(1),
  rfckit: z.string(),
  /** Which checks ran; only a whole profile says that the series is ready. */
  profile: z.object({ name: z.string(), isWhole: z.boolean() }),
  /** Which part of the checks this is, when there are others on other machines. */
  shard: z.object({ index: z.int().min(1), total: z.int().min(1) }).optional(),
  series: z.object({
    name: z.string(),
    stage: z.string(),
    /** Full id; empty when there is no kernel tree and the patches name none. */
    base: z.string(),
    judgedAs: z.enum(["series", "patches", "texts"]),
    /** Why no verdict on them can be given, whatever the checks found. */
    unfit: z.string().optional(),
    patches: z.array(z.object({ position: z.string(), file: z.string(), subject: z.string() })),
  }),
  verdict: z.enum(["ready", "ready-to-attest", "clean", "not-ready", "not-run", "error"]),
  checks: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      source: z.string(),
      verdict,
      summary: z.string(),
      fromCache: z.boolean(),
      durationMs: z.number(),
      diagnostics: z.array(diagnostic),
      logFile: z.string().optional(),
      command: z.string().optional(),
    }),
  ),
});

export type GateReport = z.infer<typeof gateReportSchema>;

/** Puts what the gate found into the published form. */
export function createGateReport(
  entries: readonly GateEntry[],
  head: Pick<GateReport, "rfckit" | "profile" | "series" | "shard"> & { verdict: GateVerdict },
): GateReport {
  const report = {
    schemaVersion: 1,
    ...head,
    checks: entries.map(({ check, result, fromCache, durationMs }) => ({
      id: check.id,
      title: check.title,
      source: check.source,
      ...result,
      fromCache,
      durationMs: Math.round(durationMs),
    })),
  };
  return gateReportSchema.parse(showHidden(report));
}

/** Control characters and those that change the order of others, but for newline and tab. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Half of a character, which no file can hold. */
const LONE = /\p{Surrogate}/gu;

/** Text of patches is data: no report may carry what a terminal or a reader would obey. */
function showHidden(value: unknown): unknown {
  if (typeof value === "string")
    return value.replaceAll(HIDDEN, "\ufffd").replaceAll(LONE, "\ufffd");
  if (Array.isArray(value)) return value.map(showHidden);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, showHidden(one)]));
}

/** JSON Schema of the report, as text with a final newline. */
export function renderGateReportSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(gateReportSchema), null, 2)}\n`;
}
