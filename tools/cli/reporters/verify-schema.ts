import * as z from "zod";

const scope = {
  stage: z.string(),
  seed: z.number(),
  topology: z.string(),
  set: z.string().optional(),
  shard: z.object({ index: z.number(), total: z.number() }).optional(),
  arch: z.string().optional().describe("absent: x86-64"),
  sample: z.number().optional().describe("only every n-th vector was carried out"),
  caller: z.string().optional().describe("who made the calls; root unless told"),
  build: z.string(),
  treeId: z.string().describe("full id of the tree that was built"),
};

const vector = z.looseObject({
  id: z.string(),
  title: z.string(),
  program: z.array(z.string()).readonly(),
  step: z.number().describe("0-based call that shows the finding"),
  predicted: z.string(),
  observed: z.string(),
});

const finding = z.looseObject({
  kind: z.string(),
  what: z.string(),
  consoleLines: z.array(z.string()).readonly(),
  vector: vector.optional(),
});

const ran = z.looseObject({
  ...scope,
  verdict: z.enum(["pass", "fail", "error"]),
  outcome: z.string(),
  findings: z.array(finding).readonly().describe("shortest vector first"),
  totalVectors: z.number(),
  agreeingVectors: z.number(),
  notRunVectors: z.number(),
  accel: z.string(),
  qemu: z.string(),
  vmlinux: z.string(),
  cached: z.boolean(),
  platform: z.object({ changed: z.number(), dropped: z.number() }).optional(),
  timings: z.object({ buildMs: z.number(), vectorsMs: z.number(), guestsMs: z.number() }),
  runDir: z.string(),
});

const error = z.looseObject({ text: z.string(), file: z.string().optional() });

const notBuilt = z.looseObject({
  ...scope,
  verdict: z.literal("fail"),
  outcome: z.literal("build-failed"),
  errors: z.array(error).readonly(),
  logFile: z.string(),
  command: z.string(),
});

const notRun = z.looseObject({
  ...{ stage: z.string(), seed: z.number(), topology: z.string(), build: z.string() },
  ...{ verdict: z.literal("not-run"), outcome: z.literal("not-run") },
  reason: z.string().describe("what is missing"),
});

const one = z.union([notBuilt, notRun, ran]);
const version = z.object({ schemaVersion: z.literal(1) });

/** The form of `rfckit verify --format json`: one run, or a list of several. */
export const verifyOutputSchema = z.union([
  z.intersection(version, one),
  z.intersection(version, z.object({ runs: z.array(one) })),
]);

/** JSON Schema of the output, as text with a final newline. */
export function renderVerifySchema(): string {
  return `${JSON.stringify(z.toJSONSchema(verifyOutputSchema), null, 2)}\n`;
}
