import { describe, expect, test } from "vitest";
import type { RunnerProgress } from "./control-page.ts";
import { createWatch } from "./progress-watch.ts";

const LIMITS = { bootMs: 100, quietMs: 50, endMs: 400, vectorMs: 300, machineMs: 2000 };
const NONE = {
  ...{ vector: 0, step: 0, nrResults: 0, resultBytes: 0, factsBytes: 0, beats: 0 },
  ...{ extrasBytes: 0, isParked: false },
};

function at(state: RunnerProgress["state"], beats = 0): RunnerProgress {
  return { ...NONE, state, beats };
}

describe("the watch over a guest", () => {
  test("a boot has its own limit", () => {
    const watch = createWatch(1000, LIMITS);
    expect(watch(1100, at("none"), false)).toBe("go-on");
    expect(watch(1101, at("started"), false)).toBe("boot-timeout");
  });

  test("every record starts the clock again", () => {
    const watch = createWatch(0, LIMITS);
    expect(watch(90, at("running", 1), false)).toBe("go-on");
    expect(watch(140, at("running", 2), false)).toBe("go-on");
    expect(watch(190, at("running", 2), false)).toBe("go-on");
    expect(watch(191, at("running", 2), false)).toBe("quiet");
  });

  test("a runner that is done and does not leave hangs", () => {
    const watch = createWatch(0, LIMITS);
    expect(watch(10, at("done", 9), false)).toBe("go-on");
    expect(watch(61, at("done", 9), false)).toBe("quiet");
  });

  test("what comes after the vectors has its own clock, also longer than a vector's", () => {
    const watch = createWatch(0, LIMITS);
    expect(watch(10, { ...at("running", 9), vector: 3 }, false)).toBe("go-on");
    const ending = (nowMs: number, beats: number) =>
      watch(nowMs, { ...at("ending", beats), vector: 3 }, false);
    for (let nowMs = 20; nowMs <= 410; nowMs += 30) expect(ending(nowMs, 9)).toBe("go-on");
    expect(ending(411, 9)).toBe("end-timeout");
    expect(ending(412, 10)).toBe("go-on");
    expect(ending(812, 10)).toBe("go-on");
    expect(ending(813, 10)).toBe("end-timeout");
    expect(watch(814, { ...at("ending", 11), vector: 3 }, true)).toBe("lockup");
  });

  test("the kernel's own word for a lockup ends the wait", () => {
    const watch = createWatch(0, LIMITS);
    expect(watch(10, at("running", 1), true)).toBe("lockup");
  });

  test("a vector has its own limit, however busy it is", () => {
    const watch = createWatch(0, LIMITS);
    const busy = (nowMs: number, vector: number) =>
      watch(nowMs, { ...at("running", nowMs), vector }, false);
    for (let nowMs = 10; nowMs <= 310; nowMs += 25) expect(busy(nowMs, 1)).toBe("go-on");
    expect(busy(311, 1)).toBe("vector-timeout");
    expect(busy(312, 2)).toBe("go-on");
  });

  test("the machine has its own limit, whatever it reports", () => {
    const watch = createWatch(0, LIMITS);
    const at2 = (nowMs: number) => watch(nowMs, { ...at("running", nowMs), vector: nowMs }, false);
    expect(at2(2000)).toBe("go-on");
    expect(at2(2001)).toBe("machine-timeout");
  });
});
