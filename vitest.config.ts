import { configDefaults, defineConfig } from "vitest/config";

const LAB = "**/*.lab.test.ts";
const MINUTE_MS = 60_000;

export default defineConfig({
  test: {
    reporters: ["default", "./tests/closing-line.ts"],
    projects: [
      {
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...configDefaults.exclude, LAB, "dist/**"],
          // A guard against what hangs: no test is decided by how busy the machine is.
          testTimeout: 10 * MINUTE_MS,
          hookTimeout: 10 * MINUTE_MS,
        },
      },
      {
        // Builds and boots kernels: one at a time, each within the machine's memory and cores.
        test: {
          name: "lab",
          include: [LAB],
          exclude: [...configDefaults.exclude, "dist/**"],
          testTimeout: 40 * MINUTE_MS,
          hookTimeout: 40 * MINUTE_MS,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
