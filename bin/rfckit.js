#!/usr/bin/env node
import { readdirSync, statSync } from "node:fs";

/**
 * Loading hundreds of small files takes longer than most commands, so that `npm run build` also
 * makes a few large ones of them. Whoever compiled since then gets what was compiled.
 */
const BUNDLE = new URL("../dist/bundle/main.js", import.meta.url);
const DIST = new URL("../dist/", import.meta.url);

function isBundleFresh() {
  const madeMs = statSync(BUNDLE, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const compiled = readdirSync(DIST).filter((name) => name.endsWith(".tsbuildinfo"));
  return compiled.every((name) => statSync(new URL(name, DIST)).mtimeMs <= madeMs);
}

const program = isBundleFresh() ? BUNDLE : new URL("tools/cli/main.js", DIST);
const { main } = await import(program.href);
process.exitCode = await main(process.argv.slice(2));
