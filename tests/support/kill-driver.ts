import { undoOperation } from "../../tools/lib/operation/undo-operation.ts";
import { splitCommits } from "../../tools/lib/split/split-commits.ts";
import { openTestRepo, planOf, requestOf } from "./split-repo.ts";

/** Runs one rewriting command in a process of its own, for tests that kill it. */
const [dir = "", command = ""] = process.argv.slice(2);
const repo = openTestRepo(dir);
if (command === "split") {
  const commits = ["a", "b", "c", "d", "e", "f"].map((path) => ({
    message: path,
    take: [{ path }],
  }));
  const plan = planOf([...commits, { message: "rest", take: [{ rest: "**" }] }]);
  await splitCommits(requestOf(repo, plan));
} else {
  const kind = command === "undo" ? "undo" : "redo";
  await undoOperation({ git: repo.git, kind, nowS: 1_700_001_000, dryRun: false });
}
