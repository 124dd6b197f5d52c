import { type EvidencePart, type RunJson, verify } from "./runs.ts";

/** The default suite with fresh guests: neither a verdict nor a snapshot is remembered. */
const SUITE = ["--no-cache", "--no-shrink"];

function outcomeOf(run: RunJson | undefined): string {
  return run === undefined ? "error" : `${run.verdict} (${run.outcome})`;
}

/** The same run again and again: each verdict that is not the first one's is a flaky one. */
export const REPEAT: EvidencePart = {
  title: "The default suite again and again",
  head: ["stage", "tree", "runs", "verdicts", "vectors that agree, in each", "guests booted cold"],
  record: (argument = "100 v1", before) => {
    const [count = "100", stage = "v1"] = argument.split(" ");
    const verdicts = new Map<string, number>();
    const agree = new Set<string>();
    let guests = 0;
    let tree = "";
    for (let index = 0; index < Number(count); index += 1) {
      const [run] = verify([...SUITE, "--stage", stage]);
      const outcome = outcomeOf(run);
      verdicts.set(outcome, (verdicts.get(outcome) ?? 0) + 1);
      agree.add(`${run?.agreeingVectors ?? 0} of ${run?.totalVectors ?? 0}`);
      guests += run?.guests?.filter(({ isRestored }) => !isRestored).length ?? 0;
      tree = run?.treeId?.slice(0, 12) ?? tree;
    }
    const told = [...verdicts].map(([outcome, times]) => `${times} ${outcome}`).join(", ");
    const row = [stage, tree, count, told, [...agree].join(", "), `${guests}`];
    return [...before.filter((one) => one[0] !== stage), row];
  },
};
