import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { callsOf, openRateLab, type Shape } from "./guest-rates.ts";
import { median, spread } from "./measure.ts";
import { VECTORS_SECTION, withSection } from "./render-page.ts";

/** As it is compiled and shipped: what runs TypeScript directly adds work to each function. */
const { createMachine, generateVectors, initialState, step, TOPOLOGIES } = (await import(
  pathToFileURL(resolve(import.meta.dirname, "../dist/kernel-model/index.js")).href
)) as typeof import("../kernel-model/index.ts");

/** Measures the model, the generator and the guest runner; renews their part of the page. */
const PAGE = resolve(import.meta.dirname, "../docs/reference/benchmarks.md");
const STAGE = "v2";
const RUNS = 7;
const GUEST_RUNS = 3;
const SHAPES = [
  { name: "one ioctl on each open file", vectors: 60_000, ioctls: 1 },
  { name: "a hundred ioctls on each open file", vectors: 4_000, ioctls: 100 },
];

const [topology] = TOPOLOGIES;
if (topology === undefined) throw new Error("the model has no topology");
const request = { stage: STAGE, seed: 1, topology } as const;

/** CPU seconds of one core; the machine may have other work. */
function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function measureModel(): readonly (readonly [string, string])[] {
  const { vectors } = generateVectors(request);
  const machine = createMachine(request.topology, STAGE);
  const transitions = vectors.reduce((sum, { calls }) => sum + calls.length, 0);
  const walk = (): void => {
    for (const { calls } of vectors) {
      let state = initialState(machine);
      for (const call of calls) state = step(state, call)[0]?.state ?? state;
    }
  };
  walk();
  const rates = Array.from({ length: RUNS }, () => transitions / cpuSeconds(walk));
  const generation = Array.from({ length: RUNS }, () =>
    cpuSeconds(() => void generateVectors(request)),
  );
  return [
    [`transitions of the model, over the default set's ${transitions}`, spread(rates, "/s", 0)],
    [`making the default set, ${vectors.length} vectors`, spread(generation, "s CPU")],
  ];
}

/** Calls a second: of so many vectors less a quarter of them, so that no guest's end is in it. */
async function rateOf(measure: (shape: Shape) => Promise<number>, shape: Shape): Promise<number> {
  const few = { ...shape, vectors: shape.vectors / 4 };
  const [secondsOfFew, seconds] = [await measure(few), await measure(shape)];
  return (callsOf(shape) - callsOf(few)) / (seconds - secondsOfFew);
}

async function measureGuest(dir: string): Promise<readonly (readonly [string, string])[]> {
  const lab = await openRateLab(STAGE, dir);
  const rows: (readonly [string, string])[] = [];
  for (const { name, ...shape } of SHAPES) {
    const [runner, loop]: [number[], number[]] = [[], []];
    for (let left = GUEST_RUNS; left > 0; left -= 1) {
      runner.push(await rateOf(lab.runner, shape));
      loop.push(await rateOf(lab.loop, shape));
    }
    rows.push(
      [`calls a second of the runner, ${name}`, spread(runner, "/s", 0)],
      [`the same calls in a C loop in the same guest, ${name}`, spread(loop, "/s", 0)],
      [`runner against loop, ${name}`, `${(median(runner) / median(loop)).toFixed(2)} times`],
    );
  }
  return rows;
}

const dir = mkdtempSync(join(tmpdir(), "rfckit-bench-"));
try {
  const rows = [...measureModel(), ...(await measureGuest(dir))];
  const page = withSection(readFileSync(PAGE, "utf8"), VECTORS_SECTION, rows);
  writeFileSync(PAGE, page);
  console.log(page);
} finally {
  rmSync(dir, { recursive: true, force: true });
}
