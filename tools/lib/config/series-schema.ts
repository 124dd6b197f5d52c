import * as z from "zod";

/** Names that become parts of refs and paths: no slash, no dot-dot, no leading dash. */
const Name = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]|\.(?!\.|$))*$/, "use lower-case letters, digits, dashes and dots");

const DebianVersion = z.string().regex(/^[0-9][A-Za-z0-9.+~-]*$/, "not a Debian package version");

const RefName = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9._/-]*$/, "not a git tag name")
  .refine((name) => !/\.\.|\/\/|\/$|\.$|\.lock$|\/\./.test(name), "not a git tag name");

const Base = z.strictObject({
  package: Name.describe("Debian source tree package, such as linux-source-6.12"),
  version: DebianVersion.describe("its exact version"),
  tag: RefName.describe("tag that the base commit gets"),
  commit: z
    .string()
    .regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/, "not a full commit id")
    .describe("id of the base commit; the same on every machine"),
});

const Stage = z.strictObject({
  folder: Name.describe("folder under patches/ that holds the exported mails"),
  version: z.number().int().min(0).max(99).describe("N of [PATCH vN]; 0 and 1 are not shown"),
  prefix: z
    .string()
    .regex(/^[A-Z][A-Za-z0-9 -]*$/, "not a subject prefix such as RFC PATCH")
    .describe("subject prefix without version and numbers"),
  after: Name.optional().describe(
    "stage whose patches come first, sent on its own; they are named as prerequisite-patch-id",
  ),
});

const Line = z.string().regex(/^[^\r\n]+$/, "one line of text");

const Waiver = z.strictObject({
  check: Name.describe("id of the check"),
  type: z.string().min(1).optional().describe("one finding type of it, such as OPEN_ENDED_LINE"),
  file: Line.optional().describe("only findings in this file of the kernel tree"),
  reason: z.string().min(1).describe("why the finding is accepted"),
  who: Line.describe("who accepts it"),
});

/** What `patches/series.yaml` must look like. */
export const SeriesConfigSchema = z
  .strictObject({
    name: Name.describe("short name; refs are refs/rfckit/<name>/<stage>"),
    title: Line.describe("what the series is, for people"),
    stage: Name.describe("the stage that commands work on unless told another"),
    base: Base,
    stages: z.record(Name, Stage).describe("every stage by its name"),
    recipients: z
      .strictObject({ to: z.array(Line).default([]), cc: z.array(Line).default([]) })
      .default({ to: [], cc: [] })
      .describe("addresses beyond those that get_maintainer.pl names; text only, never sent to"),
    replies: Line.optional().describe(
      "mbox with the answers to earlier versions, from the project",
    ),
    waivers: z.array(Waiver).default([]).describe("findings that a person has accepted"),
  })
  .superRefine(({ stage, stages }, issues) => {
    const known = Object.keys(stages).join(", ");
    const refuse = (path: string[], message: string): void =>
      issues.addIssue({ code: "custom", path, message });
    const lacks = (name: string): boolean => !Object.hasOwn(stages, name);
    if (lacks(stage)) refuse(["stage"], `'${stage}' is not one of the stages: ${known}`);
    for (const [name, { after }] of Object.entries(stages)) {
      const path = ["stages", name, "after"];
      if (after === undefined) continue;
      if (lacks(after)) refuse(path, `'${after}' is not one of the stages: ${known}`);
      else if (isAfterItself(name, stages)) refuse(path, `'${name}' would come after itself`);
    }
  });

function isAfterItself(name: string, stages: Readonly<Record<string, SeriesStage>>): boolean {
  const passed = new Set<string>();
  let at = stages[name]?.after;
  while (at !== undefined && at !== name && !passed.has(at)) {
    passed.add(at);
    at = stages[at]?.after;
  }
  return at === name;
}

/** The content of `patches/series.yaml`. */
export type SeriesConfig = z.infer<typeof SeriesConfigSchema>;

/** One stage of a series: a folder of mails and how their subjects begin. */
export type SeriesStage = z.infer<typeof Stage>;

/** A finding that a person has accepted, with reason and name. */
export type SeriesWaiver = z.infer<typeof Waiver>;

/** The JSON Schema of `patches/series.yaml`, as text with a final newline. */
export function seriesJsonSchema(): string {
  const schema = z.toJSONSchema(SeriesConfigSchema, { io: "input" });
  return `${JSON.stringify({ ...schema, title: "patches/series.yaml" }, null, 2)}\n`;
}
