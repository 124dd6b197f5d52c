import { expect, test } from "vitest";
import type { RunnerProgress } from "./control-page.ts";
import { createLooker } from "./guest-view.ts";

const NONE: RunnerProgress = {
  ...{ state: "none", vector: 0, step: 0, nrResults: 0, resultBytes: 0, factsBytes: 0 },
  ...{ beats: 0, extrasBytes: 0, isParked: false },
};

test("a guest boots, runs vectors at a rate, and is done", () => {
  const look = createLooker("guest-0", 1000);
  expect(look(NONE, "ACPI: ready", 10)).toMatchObject({ phase: "boot", vector: 0, perSecond: 0 });
  const running = { ...NONE, state: "running", vector: 99, beats: 300 } as const;
  expect(look(running, "", 1000)).toMatchObject({ phase: "vectors", vector: 100, perSecond: 0 });
  const later = { ...running, vector: 599, beats: 1800 };
  expect(look(later, "", 3000)).toMatchObject({ vector: 600, nrVectors: 1000, perSecond: 300 });
  expect(look({ ...later, state: "done" }, "", 3100).phase).toBe("done");
});
