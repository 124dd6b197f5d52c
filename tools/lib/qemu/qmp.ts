import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ToolError } from "../error.ts";
import { errnoOf } from "../fs/disk-space.ts";
import { requireSuccess } from "../proc/check-result.ts";
import { run } from "../proc/run.ts";

/** A connection to QEMU's monitor (docs/interop/qmp-spec.txt of QEMU). */
export interface Qmp {
  /** Carries out a command and gives what it returns. @throws ToolError `qmp-failed` (infra) */
  execute(command: string, args?: Readonly<Record<string, unknown>>): Promise<unknown>;
  close(): Promise<void>;
}

interface Answer {
  readonly return?: unknown;
  readonly error?: { readonly desc: string };
  readonly id?: number;
}

const LOOK_INTERVAL_MS = 3;
const MKFIFO_TIMEOUT_MS = 20_000;
const CHUNK_BYTES = 4096;

/**
 * Makes the two pipes that QEMU's `-chardev pipe` talks through, before QEMU is started. Pipes and
 * not a socket: nothing of a guest can be reached from elsewhere, and no name can be in use.
 *
 * @param path without the `.in` and `.out` that the pipes end with
 * @param limitMs for each command
 */
export async function openQmp(path: string, limitMs: number): Promise<Qmp> {
  const names = [`${path}.in`, `${path}.out`];
  const made = await run({ file: "mkfifo", args: names, timeoutMs: MKFIFO_TIMEOUT_MS });
  requireSuccess(made, { writesTo: dirname(path), code: "qmp-failed" });
  // Without O_NONBLOCK a read would keep a thread until QEMU says something.
  const input = await open(`${path}.in`, constants.O_RDWR | constants.O_NONBLOCK);
  const output = await open(`${path}.out`, constants.O_RDWR | constants.O_NONBLOCK);
  let text = "";
  let lastId = 0;
  const execute: Qmp["execute"] = async (command, args = {}) => {
    lastId += 1;
    const startedMs = performance.now();
    await input.write(`${JSON.stringify({ execute: command, arguments: args, id: lastId })}\n`);
    while (performance.now() - startedMs < limitMs) {
      text += await readSome(output);
      const lines = text.split("\n");
      text = lines.pop() ?? "";
      const answers = lines.filter((line) => line.trim() !== "").map((it) => JSON.parse(it));
      const answer = (answers as readonly Answer[]).find(({ id }) => id === lastId);
      if (answer?.error !== undefined) throw failed(command, answer.error.desc);
      if (answer !== undefined) return answer.return;
      await sleep(LOOK_INTERVAL_MS);
    }
    throw failed(command, `no answer in ${limitMs} ms`);
  };
  return {
    execute,
    async close() {
      await input.close();
      await output.close();
    },
  };
}

async function readSome(handle: FileHandle): Promise<string> {
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES);
    return buffer.toString("utf8", 0, bytesRead);
  } catch (error) {
    if (errnoOf(error) === "EAGAIN") return "";
    throw error;
  }
}

function failed(command: string, why: string): ToolError {
  return new ToolError(`QEMU's monitor does not carry out '${command}': ${why}`, {
    kind: "infra",
    code: "qmp-failed",
  });
}
