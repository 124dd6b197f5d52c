import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { predictTiers, TOPOLOGIES } from "../../../kernel-model/index.ts";
import { classifyGuest, type GuestEvidence } from "./classify-guest.ts";
import { parseFacts } from "./facts.ts";

const GOOD_FACTS = [
  "version=#0e6a4762a829 SMP Mon Nov 18 00:00:00 UTC 2024",
  ...["taint.before=0", "nodes.memory=0-1", "tier.memory_tier4=0", "tier.memory_tier90=1"],
  "taint.after=0",
];
const GOOD: GuestEvidence = {
  ...{ ending: "own", clock: undefined, exitCode: 33, exitSignal: null, qemuError: "" },
  progress: {
    ...{ state: "done", vector: 9, step: 2, nrResults: 30, resultBytes: 960 },
    ...{ factsBytes: 200, beats: 30, extrasBytes: 0, isParked: false },
  },
  facts: facts(),
  console: golden("clean"),
  ...{ resultsProblem: undefined, duties: [], extras: new Map() },
  expected: {
    version: "#0e6a4762a829",
    tiers: TOPOLOGIES.flatMap((one) => (one.name === "two-tiers-hmat" ? predictTiers(one) : [])),
    caller: "root",
  },
};

function facts(...changed: readonly string[]): GuestEvidence["facts"] {
  return parseFacts(`${[...GOOD_FACTS, ...changed].join("\n")}\n`);
}

function golden(name: string): string {
  return readFileSync(join(import.meta.dirname, "fixtures", `${name}.log`), "latin1");
}

function leaks(report: string): GuestEvidence["extras"] {
  return new Map([["kmemleak", new TextEncoder().encode(report)]]);
}

function kindsOf(change: Partial<GuestEvidence>): readonly string[] {
  return classifyGuest({ ...GOOD, ...change }).map(({ kind }) => kind);
}

const running = { ...GOOD.progress, state: "running" } as const;
const failed = { ...GOOD.progress, state: "failed" } as const;
const silent = { ...GOOD.progress, state: "none", beats: 0 } as const;

describe("a guest", () => {
  test("is good when all of its evidence is", () => {
    expect(kindsOf({})).toEqual([]);
  });

  test.each<[string, Partial<GuestEvidence>]>([
    ["panic", { console: golden("panic"), exitCode: 0, progress: running }],
    ["hang", { console: golden("hang"), exitCode: null, ending: "hang", progress: running }],
    ["hang", { ending: "hang", exitCode: null, exitSignal: "SIGTERM", progress: running }],
    ["guest-oom", { console: golden("guest-oom"), exitCode: 0, progress: running }],
    ["splat", { duties: ["leaks"], extras: leaks("unreferenced object 0xffff (size 64)\n") }],
    ["truncated", { duties: ["leaks"] }],
    ["splat", { duties: ["lockdep"], facts: facts("lockdep=0") }],
    ["splat", { duties: ["lockdep"] }],
    ["wrong-kernel", { duties: ["watchpoints"], facts: facts("watchpoints=0") }],
    ["wrong-kernel", { duties: ["watchpoints"] }],
    ["splat", { console: golden("splat"), facts: facts("taint.after=512") }],
    ["splat", { facts: facts("taint.after=512") }],
    ["splat", { facts: facts("taint.before=4", "taint.after=4") }],
    ["truncated", { resultsProblem: "results: they end without a footer" }],
    ["wrong-kernel", { facts: facts("version=#23481b65e33b SMP Mon Nov 18") }],
    ["wrong-kernel", { facts: facts("version=#0e6a4762a8290 SMP Mon Nov 18") }],
    ["wrong-topology", { facts: facts("tier.memory_tier4=0-1", "tier.memory_tier90=") }],
    ["wrong-topology", { facts: facts("nodes.memory=0-2") }],
    ["wrong-caller", { facts: facts("caller=user") }],
    ["wrong-caller", { expected: { ...GOOD.expected, caller: "user" } }],
    ["runner-failed", { progress: failed, facts: facts("failed=x") }],
    ["runner-killed", { progress: failed, facts: facts("failed=x", "killed=9") }],
    [
      "boot-timeout",
      { ending: "boot-timeout", exitCode: null, progress: silent, facts: new Map() },
    ],
    ["qemu-died", { exitCode: 0, progress: running }],
    ["qemu-died", { exitCode: 1, progress: silent, facts: new Map(), qemuError: "no memory" }],
    ["qemu-died", { exitCode: null, exitSignal: "SIGKILL", progress: running }],
    ["qemu-died", { exitCode: 0 }],
  ])("that is told as %s (%#)", (kind, change) => {
    expect(kindsOf(change)).toEqual([kind]);
  });

  test.each<[string, string | undefined, string, Partial<GuestEvidence>]>([
    ["panic", "bug", "bug", { exitCode: 0, progress: running }],
    ["splat", "warning", "splat", { facts: facts("taint.after=512") }],
    ["splat", "refcount", "refcount", { facts: facts("taint.after=512") }],
    ["splat", "lockdep", "lockdep", {}],
    ["panic", "kasan", "kasan", { exitCode: 0, progress: running }],
    ["hang", "hung-task", "hung-task", { exitCode: null, ending: "hang", progress: running }],
    ["hang", "lockup", "hang", { exitCode: null, ending: "hang", progress: running }],
    ["runner-killed", undefined, "runner-killed", { exitCode: 0, progress: running }],
  ])("is told as %s, of kind %s, by what %s.log says", (kind, splat, name, change) => {
    const [found, ...others] = classifyGuest({ ...GOOD, ...change, console: golden(name) });
    expect([found?.kind, found?.splat]).toEqual([kind, splat]);
    expect(others).toEqual([]);
  });

  test("is good when kmemleak found nothing, lockdep is on, and KCSAN has looked", () => {
    const duties = ["leaks", "lockdep", "watchpoints"] as const;
    const all = facts("lockdep=1", "watchpoints=7");
    expect(kindsOf({ duties, extras: leaks(""), facts: all })).toEqual([]);
  });

  test("may have both damaged results and a splat", () => {
    expect(kindsOf({ resultsProblem: "checksum", console: golden("splat") })).toEqual([
      "truncated",
      "splat",
    ]);
  });

  test("that is another kernel is not blamed for its panic", () => {
    const change = { facts: facts("version=#1 SMP"), console: golden("panic"), exitCode: 0 };
    expect(kindsOf(change)).toEqual(["wrong-kernel"]);
  });

  test("says what brought it down", () => {
    const [panic] = classifyGuest({ ...GOOD, console: golden("panic"), progress: running });
    expect(panic?.what).toMatch(/NULL pointer dereference.*guest panicked/);
    expect(panic?.consoleLines.join("\n")).toContain("hbf_ioctl");
  });
});
