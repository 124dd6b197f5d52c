import { expect, test } from "vitest";
import { patchOf } from "../../tests/support/judge-text.ts";
import { newFile, writeMail } from "../../tests/support/patch-mails.ts";
import { createContext } from "../../tests/support/review-context.ts";
import type { ConformanceOutcome } from "../context.ts";
import { x07ModelConformance } from "./x07-model-conformance.ts";

const pass: ConformanceOutcome = {
  kind: "pass",
  isInfrastructure: false,
  vectors: 12,
  failures: [],
  detail: "",
  logFile: "/log",
  command: "rfckit verify",
};
const patch = (path: string) =>
  patchOf(writeMail({ diff: newFile(path, "int a;\n") }, "[PATCH 1/1]"), 1, 1);
const judge = (outcome: Partial<ConformanceOutcome>) =>
  x07ModelConformance.run(
    createContext({
      patches: [patch("mm/hbf.c")],
      effects: { verify: async () => ({ ...pass, ...outcome }) },
    }),
  );

test("a series that does not touch the device has nothing to compare", async () => {
  const context = createContext({ patches: [patch("mm/memory.c")] });
  expect((await x07ModelConformance.run(context)).verdict.kind).toBe("pass");
});

test("passes with the number of vectors", async () => {
  const result = await judge({});
  expect(result.verdict.kind).toBe("pass");
  expect(result.summary).toContain("12 vectors");
});

test("a difference fails and leads with the shortest vector", async () => {
  const failure = (vector: string) => ({
    vector,
    title: "pins a thing",
    program: "open();",
    predicted: "EINVAL",
    observed: "0",
  });
  const result = await judge({ kind: "differs", failures: [failure("a"), failure("b")] });
  expect(result.verdict.kind).toBe("fail");
  expect(result.diagnostics[0]?.what).toContain("vector 'a'");
  expect(result.diagnostics[0]?.what).toContain("predicted EINVAL, observed 0");
});

test("a crash without a vector is a finding too", async () => {
  const result = await judge({ kind: "panic", detail: "kernel panic at boot" });
  expect(result.verdict.kind).toBe("fail");
  expect(result.diagnostics).toHaveLength(1);
});

test("a failure of the machine is an error, not a finding about the kernel", async () => {
  const result = await judge({ kind: "qemu-died", isInfrastructure: true, detail: "killed" });
  expect(result.verdict.kind).toBe("error");
});
