import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["**/*.test.ts", "**/*.test.tsx"],
    exclude: ["dist/**", "node_modules/**"],
    testTimeout: 30_000,
    reporters: ["default", "./tests/closing-line.ts"],
  },
});
