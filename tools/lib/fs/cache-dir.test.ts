import { expect, test } from "vitest";
import { cacheDir } from "./cache-dir.ts";

test("XDG_CACHE_HOME is used when it is absolute", () => {
  expect(cacheDir({ XDG_CACHE_HOME: "/c", HOME: "/home/u" })).toBe("/c/rfckit");
});

test("a relative or missing XDG_CACHE_HOME falls back to the home directory", () => {
  expect(cacheDir({ XDG_CACHE_HOME: "c", HOME: "/home/u" })).toBe("/home/u/.cache/rfckit");
  expect(cacheDir({ HOME: "/home/u" })).toBe("/home/u/.cache/rfckit");
});
