import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openQmp } from "./qmp.ts";

/** Answers each command with what follows its name: an object, an error, nothing, two lines. */
const MONITOR = `
echo '{"QMP": {"version": {}}}'
while read -r line; do
  id=$(printf %s "$line" | sed 's/.*"id":\\([0-9]*\\).*/\\1/')
  case $line in
    *query-status*) echo '{"event": "RESUME"}'
      echo "{\\"return\\": {\\"status\\": \\"running\\"}, \\"id\\": $id}" ;;
    *unknown*) echo "{\\"error\\": {\\"desc\\": \\"no such command\\"}, \\"id\\": $id}" ;;
    *silent*) ;;
    *) echo "{\\"return\\": {}, \\"id\\": $id}" ;;
  esac
done
`;
let dir: string;
let end: () => void = () => {};

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "rfckit-qmp-"));
});
afterEach(async () => {
  end();
  await rm(dir, { recursive: true });
});

async function connect(limitMs: number) {
  const path = join(dir, "monitor");
  const qmp = await openQmp(path, limitMs);
  const child = spawn("sh", ["-c", `exec < '${path}.in' > '${path}.out'\n${MONITOR}`]);
  end = () => child.kill();
  return qmp;
}

describe("the monitor", () => {
  test("answers commands, whatever it says in between", async () => {
    const qmp = await connect(20_000);
    expect(await qmp.execute("qmp_capabilities")).toEqual({});
    expect(await qmp.execute("query-status")).toEqual({ status: "running" });
    await qmp.close();
  });

  test("that refuses is an error with its words", async () => {
    const qmp = await connect(20_000);
    const refused = { code: "qmp-failed", kind: "infra" };
    await expect(qmp.execute("unknown")).rejects.toMatchObject(refused);
    await expect(qmp.execute("unknown")).rejects.toThrow("no such command");
    await qmp.close();
  });

  test("that says nothing is an error after the limit", async () => {
    const qmp = await connect(100);
    await expect(qmp.execute("silent")).rejects.toThrow("no answer in 100 ms");
    await qmp.close();
  });
});
