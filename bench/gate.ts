import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { PROFILES, selectChecks } from "../checks/profiles.ts";
import { CHECKS } from "../checks/registry.ts";
import { CHECKPATCH_FLAGS } from "../tools/lib/checkpatch/run-checkpatch.ts";
import { median, spread, type Timed, time } from "./measure.ts";

/**
 * The gate on ten patches of the series on the kernel tree, beside what one does by hand:
 * checkpatch and get_maintainer.pl on one patch after another, and what `b4 prep --check` runs.
 */
const B4_FLAGS: readonly string[] = ["--terse", "--no-summary", "--mailback", "--showfile"];
const RUNS = 5;
const PATCHES = 10;
const ROOT = resolve(import.meta.dirname, "..");
const RFCKIT = join(ROOT, "bin/rfckit.js");
const PAGE = join(ROOT, "docs/reference/gate-benchmarks.md");

/** Of other work: where there was much, the times say little and the processor's say more. */
const LOAD = loadavg()[0]?.toFixed(1);

const log = (line: string): void => console.error(line);
const rfckit = (args: readonly string[], env = process.env) =>
  time(process.execPath, [RFCKIT, ...args], { env, cwd: ROOT, expected: [0, 1, 4] });
const countOf = (name: string): number => {
  const profile = PROFILES[name];
  return profile === undefined ? 0 : selectChecks(CHECKS, profile).length;
};

const tree = rfckit(["kernel", "get", "--print-path"]).stdout.trim();
rfckit(["series", "apply", "--stage", "v2"]);
const git = (...args: string[]): string => time("git", ["-C", tree, ...args]).stdout.trim();
const commits = git("rev-list", "--reverse", "base..refs/rfckit/hbf/v2").split("\n");
const range = `base..${commits[PATCHES - 1]}`;
const work = mkdtempSync(join(tmpdir(), "rfckit-bench-"));

/** A cache that has the kernel's source and nothing else. */
function emptyCache(index: number): NodeJS.ProcessEnv {
  const cache = join(work, `cache-${index}`);
  mkdirSync(join(cache, "rfckit"), { recursive: true });
  symlinkSync(resolve(tree, ".."), join(cache, "rfckit/kernel"));
  return { ...process.env, XDG_CACHE_HOME: cache };
}

const ready = (profile: string, env: NodeJS.ProcessEnv): Timed =>
  rfckit(["ready", "--profile", profile, "--range", range], env);

function measureProfile(profile: string, first: number): { cold: Timed[]; warm: Timed[] } {
  const cold: Timed[] = [];
  const warm: Timed[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    log(`profile ${profile}, run ${run + 1} of ${RUNS}`);
    const env = emptyCache(first + run);
    cold.push(ready(profile, env));
    warm.push(ready(profile, env));
  }
  return { cold, warm };
}

/** Scripts of the kernel on one patch after another, as one does by hand. */
function measureSerial(what: string, commands: readonly (readonly string[])[]): Timed[] {
  const mails = readdirSync(join(work, "mails")).map((name) => join(work, "mails", name));
  const expected = [0, 1];
  return Array.from({ length: RUNS }, (_, run) => {
    log(`${what}, run ${run + 1} of ${RUNS}`);
    const timed = mails.flatMap((mail) =>
      commands.map((words) => time("perl", [...words, mail], { cwd: tree, expected })),
    );
    const sum = (of: (one: Timed) => number): number =>
      timed.reduce((total, one) => total + of(one), 0);
    const seconds = sum((one) => one.seconds);
    return { seconds, cpuSeconds: sum((one) => one.cpuSeconds), stdout: "" };
  });
}

const show = (label: string, runs: readonly Timed[]): string[] => {
  const wall = runs.map(({ seconds }) => seconds);
  const cpu = runs.map(({ cpuSeconds }) => cpuSeconds);
  return [label, spread(wall, "s"), `${median(cpu).toFixed(2)} s`];
};
const ratio = (a: readonly Timed[], b: readonly Timed[]): string[] =>
  (["seconds", "cpuSeconds"] as const).map((unit) => {
    const middle = (runs: readonly Timed[]): number => median(runs.map((one) => one[unit]));
    return `${(middle(a) / middle(b)).toFixed(2)} times`;
  });

git("format-patch", "-q", "-o", join(work, "mails"), range);
const serial = measureSerial("checkpatch and get_maintainer.pl", [
  ["scripts/checkpatch.pl", ...CHECKPATCH_FLAGS],
  ["scripts/get_maintainer.pl", "--nogit", "--norolestats"],
]);
const b4 = measureSerial("what b4 prep --check runs", [["scripts/checkpatch.pl", ...B4_FLAGS]]);
const texts = measureProfile("texts", 0);
const whole = measureProfile("static", RUNS);
rmSync(work, { recursive: true, force: true });
const rows: readonly (readonly string[])[] = [
  show(`profile \`texts\` (${countOf("texts")} rules), empty cache`, texts.cold),
  show(`profile \`texts\`, nothing changed`, texts.warm),
  show("checkpatch and get_maintainer.pl, one patch after another", serial),
  show(`profile \`static\` (${countOf("static")} rules), empty cache`, whole.cold),
  ["that, against one patch after another", ...ratio(whole.cold, serial)],
  show("profile `static`, nothing changed", whole.warm),
  show("what `b4 prep --check` runs, one patch after another", b4),
  ["profile `static`, empty cache, against that", ...ratio(whole.cold, b4)],
];
const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
writeFileSync(
  PAGE,
  `# Benchmarks of the gate

Generated by \`npm run bench:gate\`: don't edit.

Machine: ${cpus().length} cores, ${memory}, Node ${process.version}; load ${LOAD} before it began.

| figure | time: median (least to greatest) of ${RUNS} | processor |
| --- | --- | --- |
${rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}

## Method

The first ${PATCHES} patches of stage v2 on the kernel tree, judged with \`--range\`. A time is
that of whole processes on the clock, one after the other, in one run of the command; the
processor's is theirs and that of all they start. An empty cache has the kernel's source as a git
tree and nothing else: no mails, no answers, no verdicts. One patch after another means each script
once for each patch, with the flags that the gate gives to checkpatch (\`--strict\`, codespell). No
test depends on any of these.

\`b4 prep --check\` is beside it by what its documentation says that it runs for each commit:
\`checkpatch.pl ${B4_FLAGS.join(" ")}\`. The b4 of Debian 12 (0.12.0) has no such option, as
\`b4 prep --help\` shows: b4's own time is not in it, nor are get_maintainer.pl, \`--strict\` and
codespell.
`,
);
log(rows.map((row) => row.join(": ")).join("\n"));
