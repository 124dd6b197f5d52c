import { encodeImage } from "../vectors/wire/encode-image.ts";
import { TASK_IS_PROCESS } from "../vectors/wire/format.ts";
import type { Race } from "./race.ts";

/** The runner's input for races; the seed decides how long each task waits before each call. */
export function encodeRaces(seed: number, races: readonly Race[]): Uint8Array {
  const vectors = races.map(({ calls, tasks }) => ({
    calls: calls.map(({ call }) => call),
    tasks: calls.map(({ task }) => {
      return task === 0 || tasks === "threads" ? task : task | TASK_IS_PROCESS;
    }),
  }));
  return encodeImage({ seed, vectors });
}
