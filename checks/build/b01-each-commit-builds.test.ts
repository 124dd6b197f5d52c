import { expect, test } from "vitest";
import { newFile, writeMail } from "../../tests/support/patch-mails.ts";
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
    what: "mm/hbf.c:12: 'x' undeclared",
    place: { file: createPatch().file, line: 1, patch: "2/3" },
  });
});

test("an error in a line that the patch adds is found at that line of the patch", async () => {
  const errors = [{ file: "mm/a.c", line: 2, text: "'x' undeclared" }];
  const bytes = new TextEncoder().encode(
    writeMail({ diff: newFile("mm/a.c", "int a;\nint b = x;") }, "[PATCH]"),
  );
  const patch = createPatch({ bytes });
  const buildCommit = async () => ({ ...good, ok: false, errors });
  const context = createContext({ patches: [patch], effects: { buildCommit } });
  const [finding] = (await b01EachCommitBuilds.run(context)).diagnostics;
  expect(finding?.place).toMatchObject({ file: patch.file, line: 18, patch: "1/1" });
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
