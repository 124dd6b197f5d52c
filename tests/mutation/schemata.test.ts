import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { generateVectors, TOPOLOGIES } from "../../kernel-model/index.ts";
import { run } from "../../tools/lib/proc/run.ts";
import { findFunctions, maskSource } from "./c-source.ts";
import { findStatements } from "./c-statements.ts";
import { mutantOf, planRounds, selectableVectors, withMutant } from "./mutant-vectors.ts";
import { combineMutants, makeMutants, SELECT_COMMAND } from "./schemata.ts";

const SOURCE = `/* static int comment(void) { } */
static const char *text = "if (a) { return 1; }";

static int hbf_sign(int a,
		    int b)
{
	int sum = a + b;

	/* Zero is neither. */
	if (a < b || !sum)
		return -EINVAL;
	return sum > 7 ? 1 : 0;
}

static void hbf_note(int *place)
{
	(*place)++;
}

static long hbf_ioctl(void *file, unsigned int cmd, unsigned long arg)
{
	int noted = 0;

	hbf_note(&noted);
	return 100 * noted + hbf_sign(arg >> 8, arg & 0xff);
}
`;

test("functions are found with their parts, comments and strings are not looked at", () => {
  const functions = findFunctions(SOURCE);
  expect(
    functions.map(({ name, parameters, returnsValue }) => [name, parameters, returnsValue]),
  ).toEqual([
    ["hbf_sign", ["a", "b"], true],
    ["hbf_note", ["place"], false],
    ["hbf_ioctl", ["file", "cmd", "arg"], true],
  ]);
  expect(maskSource(SOURCE)).toHaveLength(SOURCE.length);
  const [first] = functions;
  const kinds = findStatements(maskSource(SOURCE), first?.bodyStart ?? 0, first?.bodyEnd ?? 0);
  expect(kinds.map(({ kind }) => kind)).toEqual(["declaration", "if", "simple", "simple"]);
});

test("each operator makes its changes", () => {
  const changes = makeMutants(SOURCE, new Set(["hbf_ioctl"])).map(
    ({ fn, operator, before, after }) => `${fn} ${operator}: ${before} > ${after}`,
  );
  expect(changes).toEqual(
    expect.arrayContaining([
      "hbf_sign drop: if (a < b || !sum) return -EINVAL; > ;",
      "hbf_sign negate: a < b || !sum > !(a < b || !sum)",
      "hbf_sign drop-operand: a < b || !sum > !sum",
      "hbf_sign errno: -EINVAL > 0",
      "hbf_sign relation: < > <=",
      "hbf_sign logic: || > &&",
      "hbf_sign arithmetic: + > -",
      "hbf_sign constant: 7 > 8",
      "hbf_note arithmetic: ++ > --",
    ]),
  );
  expect(changes.filter((change) => change.includes("hbf_ioctl"))).toEqual([]);
  expect(new Set(changes).size).toBe(changes.length);
});

test("the combined source does what each mutant alone would do", async () => {
  const mutants = makeMutants(SOURCE, new Set(["hbf_ioctl"]));
  const { source, mutantOfLine } = combineMutants(SOURCE, mutants);
  expect(new Set(mutantOfLine.values())).toEqual(new Set(mutants.map(({ id }) => id)));
  const alone = mutants.map(({ edit }) => {
    return SOURCE.slice(0, edit.start) + edit.replacement + SOURCE.slice(edit.end);
  });
  const expected = await Promise.all(alone.map((text) => answers(text, undefined)));
  const ids = mutants.map(({ id }) => id);
  expect(await Promise.all(ids.map((id) => answers(source, id)))).toEqual(expected);
  const original = await answers(SOURCE, undefined);
  expect(await answers(source, 0)).toBe(original);
  expect(expected.filter((text) => text !== original).length).toBeGreaterThan(10);
});

/** What a program prints that asks hbf_ioctl for some arguments. */
async function answers(source: string, id: number | undefined): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "rfckit-mutant-"));
  const select = id === undefined ? "" : `hbf_ioctl(0, ${SELECT_COMMAND + id}u, 0);`;
  const ask = [0x101, 0x201, 0x102, 0x401, 0x501, 0x601, 0x701, 0].map(
    (arg) => `printf("%ld ", hbf_ioctl(0, 1, ${arg}));`,
  );
  const program = [
    "#include <errno.h>\n#include <stdio.h>",
    "#define READ_ONCE(x) (x)\n#define WRITE_ONCE(x, value) ((x) = (value))",
    source,
    `int main(void) { ${select} ${ask.join(" ")} return !text; }`,
  ].join("\n");
  try {
    await writeFile(join(dir, "program.c"), program);
    const output = join(dir, "program");
    const compile = ["-w", "-o", output, join(dir, "program.c")];
    const built = await run({ file: "gcc", args: compile, timeoutMs: 60_000 });
    if (built.code !== 0) return "does not compile";
    return new TextDecoder().decode(
      (await run({ file: output, args: [], timeoutMs: 9_000 })).stdout,
    );
  } finally {
    await rm(dir, { recursive: true });
  }
}

test("vectors are planned once each, small rounds of every class first", () => {
  const [topology] = TOPOLOGIES;
  if (topology === undefined) throw new Error("the model has no topology");
  const set = generateVectors({ stage: "v2", seed: 1, topology });
  const rounds = planRounds(selectableVectors(set), [2, 10]);
  const planned = rounds.flat().map(({ id }) => id);
  expect(new Set(planned).size).toBe(planned.length);
  expect(planned.length).toBeGreaterThan(0.9 * set.vectors.length);
  expect(new Set(rounds[0]?.map(({ className }) => className)).size).toBeGreaterThan(15);

  const vector = set.vectors.find(({ id }) => id === "counted-dup-outlives");
  if (vector === undefined) throw new Error("the vector is gone");
  const { id, calls, expected } = withMutant(vector, 12);
  expect(mutantOf(id)).toBe(12);
  expect(calls).toHaveLength(expected.length);
  expect(calls.slice(0, 2)).toMatchObject([{ op: "open", slot: 7 }, { cmd: SELECT_COMMAND + 12 }]);
  expect(calls.slice(-2)).toMatchObject([{ op: "close", slot: 1 }, { cmd: SELECT_COMMAND }]);

  const choosing = set.vectors.find(({ choiceOn }) => choiceOn !== undefined);
  if (choosing === undefined) throw new Error("no vector leaves a choice");
  // The model, which would follow the choice, knows no command that selects a mutant.
  expect(withMutant(choosing, 12)).not.toHaveProperty("choiceOn");
});
