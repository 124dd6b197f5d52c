import * as z from "zod";

/** A pattern is run against every added line; long ones are mistakes or attacks. */
const PATTERN_CHARS = 200;
const MESSAGE_CHARS = 65_536;

const Glob = z
  .string()
  .regex(/^(?!\/)[^\0\n]+$/, "not a path or glob relative to the top of the tree")
  .refine((glob) => !glob.split("/").includes(".."), "a path may not have '..'");

const LineRanges = z
  .union([z.number().int().min(1), z.string()])
  .transform(String)
  .pipe(
    z.string().regex(/^\s*\d+(-\d+)?(\s*,\s*\d+(-\d+)?)*\s*$/, "not line ranges such as 3-7, 12"),
  )
  .transform((text) => text.split(",").map(toRange))
  .refine((ranges) => ranges.every(({ first, last }) => first >= 1 && first <= last), {
    message: "a range begins at 1 or later and does not end before it begins",
  });

function toRange(text: string): { readonly first: number; readonly last: number } {
  const [first = "", last = first] = text.trim().split("-");
  return { first: Number(first), last: Number(last) };
}

const Context = z.number().int().min(0).max(1000);

const Item = z
  .strictObject({
    path: z
      .union([Glob, z.array(Glob).min(1)])
      .transform((globs) => (typeof globs === "string" ? [globs] : globs))
      .optional()
      .describe("everything in these files, or the files that symbol or pattern look in"),
    hunk: z
      // YAML reads an id of digits alone as a number.
      .string("not a hunk id in quotes")
      .regex(/^[0-9a-f]{12}(-[0-9a-f]{4})?(\.\d+)?$/, "not a hunk id in quotes")
      .optional()
      .describe("a change by the id that --list prints"),
    lines: LineRanges.optional().describe(
      "these lines of the hunk, counted from 1: the removed ones first, then the added ones",
    ),
    symbol: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_]{0,120}$/, "not a C or Kconfig symbol")
      .optional()
      .describe("the added definition of this function, type, variable, macro or Kconfig option"),
    pattern: z
      .string()
      .min(1)
      .max(PATTERN_CHARS)
      .optional()
      .describe("the changed lines that match this JavaScript regular expression"),
    above: Context.optional().describe("with pattern: also so many changed lines before a match"),
    below: Context.optional().describe("with pattern: also so many changed lines after a match"),
    rest: Glob.optional().describe("what nothing else takes in files of this glob; ** is all"),
  })
  .superRefine((item, issues) => {
    const fail = (message: string, key?: string): void =>
      issues.addIssue({ code: "custom", message, path: key === undefined ? [] : [key] });
    const ways = (["hunk", "symbol", "pattern", "rest"] as const).filter(
      (key) => item[key] !== undefined,
    );
    if (ways.length > 1) fail(`takes by ${ways.join(" and by ")}, choose one`);
    if (ways.length === 0 && item.path === undefined) {
      fail("says nothing to take: give path, hunk, symbol, pattern or rest");
    }
    if (item.path !== undefined && (item.hunk ?? item.rest) !== undefined) {
      fail("a path goes alone, with symbol or with pattern", "path");
    }
    if (item.lines !== undefined && item.hunk === undefined) fail("lines need a hunk", "lines");
    if ((item.above ?? item.below) !== undefined && item.pattern === undefined) {
      fail("above and below need a pattern");
    }
  });

const Commit = z.strictObject({
  message: z
    .string()
    .max(MESSAGE_CHARS)
    .refine((text) => text.trim() !== "", "a commit needs a message")
    .refine((text) => !text.includes("\0"), "a message cannot have NUL")
    .describe("the whole message: subject, empty line, body"),
  from: z
    .string()
    .regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/, "not a full commit id")
    .optional()
    .describe("commit that gives author and dates, when several are split"),
  date: z.iso
    .datetime({ offset: true, error: "not a date and time such as 2025-11-22T00:00:00+00:00" })
    .optional()
    .describe("author and commit date instead of those of the commit that is split"),
  take: z.array(Item).describe("what goes into the commit; empty only while a plan is being made"),
});

/** What a split plan must look like. */
export const SplitPlanSchema = z.strictObject({
  commits: z.array(Commit).min(1).max(1000).describe("the commits, in order"),
});

/** How the changes of some commits are handed out to new ones. */
export type SplitPlan = z.output<typeof SplitPlanSchema>;

/** One commit of a plan. */
export type PlanCommit = SplitPlan["commits"][number];

/** One entry of a commit's `take` list. */
export type PlanItem = PlanCommit["take"][number];

/** The JSON Schema of a split plan, as text with a final newline. */
export function splitPlanJsonSchema(): string {
  const schema = z.toJSONSchema(SplitPlanSchema, { io: "input" });
  return `${JSON.stringify({ ...schema, title: "split plan" }, null, 2)}\n`;
}
