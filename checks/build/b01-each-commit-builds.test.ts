import { expect, test } from "vitest";
import { createContext, createPatch } from "../../tests/support/review-context.ts";
import { b01EachCommitBuilds } from "./b01-each-commit-builds.ts";

const patches = ["1/3", "2/3", "3/3"].map((position) => createPatch({ position, tree: position }));
const good = { ok: true, errors: [], logFile: "/log", command: "make" };

test("passes when each commit builds", async () => {
  const built: string[] = [];
  const result = await b01EachCommitBuilds.run(
    createContext({
      patches,
      effects: {
        buildCommit: async (patch) => {
          built.push(patch.position);
          return good;
        },
      },
    }),
  );
  expect(result.verdict.kind).toBe("pass");
  expect(built).toEqual(["1/3", "2/3", "3/3"]);
});

test("names the first commit that does not build, with the compiler's words", async () => {
  const errors = [{ file: "mm/hbf.c", line: 12, text: "'x' undeclared" }];
  const result = await b01EachCommitBuilds.run(
    createContext({
      patches,
      effects: {
        buildCommit: async ({ position }) =>
          position === "2/3" ? { ...good, ok: false, errors } : good,
      },
    }),
  );
  expect(result.verdict.kind).toBe("fail");
  expect(result.diagnostics).toHaveLength(1);
  expect(result.diagnostics[0]).toMatchObject({
    what: "'x' undeclared",
    place: { file: "mm/hbf.c", line: 12, patch: "2/3" },
  });
});

test("a failed build without a message of the compiler is still a finding", async () => {
  const result = await b01EachCommitBuilds.run(
    createContext({ effects: { buildCommit: async () => ({ ...good, ok: false }) } }),
  );
  expect(result.diagnostics).toHaveLength(1);
});

test("a reworded message needs no build", async () => {
  const keyOf = (subject: string) =>
    b01EachCommitBuilds.inputs(createContext({ patches: [createPatch({ subject })] }));
  expect(await keyOf("a")).toEqual(await keyOf("b"));
});
