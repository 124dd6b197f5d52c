import { expect, test } from "vitest";
import { readStorms } from "./read-storms.ts";

const GOOD = [
  "storm|munmap and mmap|4|80|120|7|0|0|31000|0|",
  "storm|SIGKILL|2|12|90|0|11|6|9000|0|",
  "full|0|1408",
  "full|end|0|",
  "/proc/lockdep_stats:  debug_locks:                             1",
  "done",
  "",
];

test("storms and the full node are read, and nothing is wrong", () => {
  const { storms, full, problems, lockdep } = readStorms(GOOD.join("\r\n"));
  expect(storms[0]).toMatchObject({ kind: "munmap and mmap", threads: 4, changes: 80 });
  expect(storms[1]).toMatchObject({ interrupted: 11, halfway: 6, moved: 9000, bad: 0, why: "" });
  expect(full).toEqual({ moved: 0, failed: 1408 });
  expect({ problems, lockdep }).toEqual({ problems: [], lockdep: "1" });
});

test.each([
  ["a guest that died", GOOD.slice(0, -2), "the guest did not come to its end"],
  ["a full node that was wrong", GOOD.with(3, "full|end|1|contents (0, 90)"), "full|end|1|"],
  ["a full node that was not tried", GOOD.toSpliced(3, 1), "the full node was not tried"],
  ["a leak", GOOD.with(2, "unreferenced object 0xffff (size 64):"), "unreferenced object"],
  ["a complaint of the kernel", ["[    1.0] WARNING: CPU: 0", ...GOOD], "WARNING: CPU: 0"],
])("%s is told", (_, lines, problem) => {
  expect(readStorms(lines.join("\n")).problems.join("\n")).toContain(problem);
});
