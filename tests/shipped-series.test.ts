import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CHECKS } from "../checks/registry.ts";
import { loadSeriesConfig } from "../tools/lib/config/load-series-config.ts";
import { readStage } from "./support/shipped-series.ts";

const ROOT = resolve(import.meta.dirname, "..");
const TEXT_CHECKS = CHECKS.filter(({ cost }) => cost === "instant");

/** v0 is the prototype that v1 was split from; it is no series. */
const STAGES = ["v1", "v2", "v3"];

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "mailinfo-"));
});
afterAll(() => rm(dir, { recursive: true }));

/** What a person has to state of an unsigned series, and of one that has never been posted. */
const UNSIGNED = ["m01-author-sign-off", "m02-submitter-signs-last", "m05-no-machine-sign-off"];
const UNPOSTED = ["s18-link-to-last-version", "r05-commenters-in-cc", ...UNSIGNED];
const ATTESTED: Readonly<Record<string, readonly string[]>> = {
  v1: UNSIGNED,
  v2: UNPOSTED,
  v3: UNPOSTED,
};

/** Findings that patches/series.yaml waives, or that the next export of a stage has to mend. */
const OPEN: Readonly<Record<string, readonly string[]>> = {
  v1: [],
  v2: [],
  v3: ["s03-at-most-15-patches 0016-selftests-mm-let-hbf_ctl-pass-with-a-backend-too.patch:4"],
};

describe.each(STAGES)("stage %s", (stage) => {
  test("passes every check of texts, but for what is known to be open", async () => {
    const context = await readStage(stage, dir);
    const found: string[] = [];
    const verdicts = new Map<string, string[]>();
    for (const { id, run } of TEXT_CHECKS) {
      const { verdict, diagnostics } = await run(context);
      verdicts.set(verdict.kind, [...(verdicts.get(verdict.kind) ?? []), id]);
      found.push(...diagnostics.map(({ place }) => `${id} ${place?.file}:${place?.line}`));
    }
    expect(found).toEqual(OPEN[stage]);
    const failing = (OPEN[stage] ?? []).map((line) => line.split(" ")[0]);
    expect(verdicts.get("fail") ?? []).toEqual(failing);
    expect(verdicts.get("attest")?.sort()).toEqual([...(ATTESTED[stage] ?? [])].sort());
    expect([...verdicts.keys()].filter((kind) => !/pass|fail|attest/.test(kind))).toEqual([]);
  });
});

test("every stage of the configuration but the prototype is judged", async () => {
  const { stages } = await loadSeriesConfig(ROOT);
  expect(Object.keys(stages).filter((name) => name !== "v0")).toEqual(STAGES);
});
