import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";

/** One timed call of a program. */
export interface Timed {
  /** Wall-clock seconds of the whole process. */
  readonly seconds: number;
  /** Seconds of processor, of the process and of all that it started and waited for. */
  readonly cpuSeconds: number;
  readonly stdout: string;
}

/** Runs a program to its end and times it; throws on an exit status not in `expected`. */
export function time(
  file: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string; expected?: readonly number[] } = {},
): Timed {
  const started = performance.now();
  const before = childSeconds();
  const result = spawnSync(file, args, {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "inherit"],
    env: options.env ?? process.env,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  const seconds = (performance.now() - started) / 1000;
  if (!(options.expected ?? [0]).includes(result.status ?? -1)) {
    throw new Error(`${file} ${args.join(" ")} ended with ${result.status ?? result.signal}`);
  }
  return { seconds, cpuSeconds: childSeconds() - before, stdout: result.stdout };
}

/** Processor seconds of our ended children, which Node does not tell. */
function childSeconds(): number {
  // proc(5): the 16th and 17th field, counted from the one behind the name, in hundredths.
  const fields = readFileSync("/proc/self/stat", "latin1").split(") ").at(-1)?.split(" ") ?? [];
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

/** Seconds of CPU, user and system, of a program and of all that it has started and waited for. */
export function cpuTime(
  file: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
): number {
  // Node tells what it has used itself, and nothing of its children; a shell does.
  const script = '"$@" >/dev/null && times';
  const { stdout } = time("bash", ["-c", script, "bash", file, ...args], options);
  const [, children = ""] = stdout.trim().split("\n");
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)];
  if (parts.length !== 2) throw new Error(`times said: ${stdout}`);
  return parts.reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  );
}

/** The value in the middle; of an even number, the lower of the two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new RangeError("no values");
  return middle;
}

/** `median (least to greatest)` with the unit. */
export function spread(values: readonly number[], unit: string, digits = 2): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const show = (value: number): string => value.toFixed(digits);
  return `${show(median(values))} ${unit} (${show(low)} to ${show(high)}, n=${values.length})`;
}
