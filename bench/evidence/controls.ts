import { withDefect } from "../../tests/lab/lab.ts";
import { SPLAT_DEFECTS, type SplatDefect } from "../../tests/lab/splat-defects.ts";
import { type EvidencePart, type Rows, verify } from "./runs.ts";

/** Where the sources were, which the kernel says of undefined behaviour. */
const CHECKOUT = /\/\S*\/workspace\/build\/tree\//;

/** Enough vectors to have some of each operation. */
const SAMPLE = ["--sample", "40"];

/** The defects that builds have to notice; the argument is their names with commas between. */
export const CONTROLS: EvidencePart = {
  title: "Seeded defects",
  head: ["defect", "build", "told as", "first line"],
  record: async (names, before) => {
    const wanted = SPLAT_DEFECTS.filter(({ name }) => names?.split(",").includes(name) !== false);
    const rows: (readonly string[])[] = [];
    for (const control of wanted) rows.push(await recordControl(control));
    const kept: Rows = before.filter(([name]) => !wanted.some((one) => one.name === name));
    return [...kept, ...rows];
  },
};

async function recordControl(control: SplatDefect): Promise<readonly string[]> {
  const { name, build, splat, options = SAMPLE } = control;
  const args = ["--stage", "v1", "--no-cache", "--no-shrink", "--build", build, ...options];
  const [run] = await withDefect(control, "v1", async (patch) =>
    verify([...args, "--patch", patch]),
  );
  const found = run?.findings?.find((one) => one.splat === splat) ?? run?.findings?.[0];
  const told = found === undefined ? "nothing" : (found.splat ?? found.kind);
  const isRight = told === splat ? told : `${told}, not ${splat}`;
  return [name, build, isRight, found?.what.replace(CHECKOUT, "") ?? ""];
}
