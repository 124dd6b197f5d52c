import { expect, test } from "vitest";
import type { ConformanceOutcome } from "../../checks/context.ts";
import { judge } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import { x04PathsExercised } from "./x04-paths-exercised.ts";

const PASS: ConformanceOutcome = {
  ...{ kind: "pass", isInfrastructure: false, vectors: 12, failures: [] },
  ...{ detail: "", logFile: "/log", command: "rfckit verify", unreached: [] },
};

/** A patch that adds line 11 of mm/hbf.c, of which gcov says this. */
async function judgeCounts(outcome: Partial<ConformanceOutcome>): Promise<string[]> {
  return await judge(x04PathsExercised, {
    patches: [{ diff: changeFile("mm/hbf.c", "\treturn -ENOMEM;") }],
    context: {
      effects: {
        textAt: async () => `${"\n".repeat(10)}\treturn -ENOMEM;\n`,
        verify: async () => ({ ...PASS, ...outcome }),
      },
    },
  });
}

test("a line that nothing reaches is found at its line of the patch", async () => {
  expect(await judgeCounts({})).toEqual(["pass"]);
  const unreached = [{ path: "mm/hbf.c", line: 11 }];
  expect(await judgeCounts({ unreached })).toEqual(["fail", "0001.patch:17"]);
});

test("a run that counted nothing is no pass", async () => {
  const { unreached, ...uncounted } = PASS;
  expect(unreached).toEqual([]);
  const context = { effects: { verify: async () => ({ ...uncounted, kind: "panic" }) } };
  const patches = [{ diff: changeFile("mm/hbf.c", "\tint a;") }];
  expect((await judge(x04PathsExercised, { patches, context }))[0]).toBe("fail");
});

test("when our own machine fails nothing is known", async () => {
  expect(await judgeCounts({ isInfrastructure: true, kind: "boot-timeout" })).toEqual(["error"]);
});

test("a series that the vectors say nothing of is not run", async () => {
  expect(
    await judge(x04PathsExercised, { patches: [{ diff: changeFile("mm/a.c", "a;") }] }),
  ).toEqual(["pass"]);
});
