import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readSeriesFolder } from "../tools/lib/series/read-folder.ts";
import type { SeriesMail } from "../tools/lib/series/series-mail.ts";
import { ROOT } from "./support/markdown.ts";

const page = (name: string): string => readFileSync(join(ROOT, "docs", name), "utf8");

async function mailsOf(stage: string): Promise<readonly SeriesMail[]> {
  return (await readSeriesFolder(join(ROOT, "patches", stage))).patches;
}

/** `[RFC PATCH 1/9] mm: x` without what is in brackets. */
function subjectOf({ mail }: SeriesMail): string {
  return (mail.headers.get("subject") ?? "").replace(/^\[[^\]]*\] /, "");
}

/** Names of the fields of an event, from the lines that a patch adds. */
function fieldsOf(event: string, diff: string): string[] {
  const [, body = ""] = diff.split(`TRACE_EVENT(${event},`);
  const [fields = ""] = body.split("TP_fast_assign");
  return [...fields.matchAll(/__field\(\w+,\s*(\w+)\)/g)].map((match) => match[1] ?? "");
}

describe("the review", () => {
  test("has a section for each patch of v3, by its subject, in order", async () => {
    const sections = [...page("patch-review.md").matchAll(/^## Patch (\d+): (.*)$/gm)];
    const subjects = (await mailsOf("v3")).map((mail, at) => [`${at + 1}`, subjectOf(mail)]);
    expect(sections.map(([, number, subject]) => [number, subject])).toEqual(subjects);
  });

  test("numbers each finding once, and has three for each patch", async () => {
    const ids = [...page("patch-review.md").matchAll(/^- \*\*((?:\d+|C)\.\d+) /gm)].map(
      (match) => match[1],
    );
    const counts = (await mailsOf("v3")).map((_, at) => {
      return ids.filter((id) => id?.startsWith(`${at + 1}.`)).length;
    });
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(3);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("the page about tracepoints", () => {
  test("names the events of v2, and the fields that enter and reject have", async () => {
    const text = page("tracepoints.md");
    const diff = (await mailsOf("v2"))
      .map(({ mail }) => Buffer.from(mail.bytes).toString("latin1"))
      .join("\n");
    const made = [...diff.matchAll(/^\+TRACE_EVENT\((\w+),$/gm)].map((match) => match[1]);
    const named = [...text.matchAll(/^\| `(\w+)` \|.*\| v2 \|$/gm)].map((match) => match[1]);
    expect(named.sort()).toEqual(made.sort());
    for (const event of ["hbf_hint_enter", "hbf_hint_reject"]) {
      expect(text).toContain(`| \`${event}\` | ${fieldsOf(event, diff).join(", ")} |`);
    }
  });
});
