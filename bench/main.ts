import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { changedLine } from "./changed-line.ts";
import { median, spread, time } from "./measure.ts";
import { renderPage } from "./render-page.ts";

const ROOT = resolve(import.meta.dirname, "..");
const RFCKIT = join(ROOT, "bin/rfckit.js");
const PAGE = join(ROOT, "docs/reference/benchmarks.md");
const RUNS = 5;

/** What the page needs of `rfckit verify --format json`. */
interface VerifyJson {
  readonly totalVectors: number;
  readonly accel: string;
  readonly qemu: string;
  readonly guests: readonly { firstVectorMs?: number; durationMs: number }[];
  readonly timings: { readonly buildMs: number; readonly vectorsMs: number; guestsMs: number };
}

const log = (line: string): void => console.error(line);
const rfckit = (args: readonly string[], env = process.env) =>
  time(process.execPath, [RFCKIT, ...args], { env, cwd: ROOT });

async function measureChangedLine(
  dir: string,
): Promise<{ seconds: number[]; reports: VerifyJson[] }> {
  const seconds: number[] = [];
  const reports: VerifyJson[] = [];
  for (let index = 0; index < RUNS; index += 1) {
    const patch = await changedLine(dir, index);
    log(`one changed line, run ${index + 1} of ${RUNS}`);
    const timed = rfckit([
      "verify",
      "--stage",
      "v1",
      "--guests",
      "1",
      "--patch",
      patch,
      "--format",
      "json",
    ]);
    seconds.push(timed.seconds);
    reports.push(JSON.parse(timed.stdout) as VerifyJson);
  }
  return { seconds, reports };
}

function measureCold(): string {
  if (!process.argv.includes("--cold")) {
    if (!existsSync(PAGE)) return "not measured";
    const page = readFileSync(PAGE, "utf8");
    return /\| cold: [^|]*\| ([^|]*?) \|/.exec(page)?.[1] ?? "not measured";
  }
  const cache = mkdtempSync(join(tmpdir(), "rfckit-bench-cache-"));
  log("cold: an empty cache, to verdict");
  try {
    const env = { ...process.env, XDG_CACHE_HOME: cache };
    return `${rfckit(["ready"], env).seconds.toFixed(0)} s (n=1)`;
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

function describeMachine(): string {
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return `${cpus().length} cores, ${memory}, Node ${process.version}`;
}

async function main(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "rfckit-bench-"));
  rfckit(["ready"]);
  const times = Array.from({ length: RUNS }, () => rfckit(["ready"]).seconds);
  const node = Array.from({ length: RUNS }, () => time(process.execPath, ["-e", "0"]).seconds);
  const { seconds, reports } = await measureChangedLine(dir);
  rmSync(dir, { recursive: true });
  const [last] = reports.slice(-1);
  if (last === undefined) throw new Error("no report");
  const guests = reports.flatMap((report) => report.guests);
  const perSecond = reports.map((report) => {
    const running = (report.guests[0]?.durationMs ?? 0) - (report.guests[0]?.firstVectorMs ?? 0);
    return report.totalVectors / (running / 1000);
  });
  const page = renderPage({
    machine: describeMachine(),
    guest: `${last.qemu}, ${last.accel}`,
    rows: [
      ["cold: empty cache, `rfckit ready`", measureCold()],
      ["warm: nothing changed, `rfckit ready`", spread(times, "s")],
      ["warm against `node -e 0`", `${(median(times) / median(node)).toFixed(1)} times`],
      ["one changed line of mm/hbf.c, `rfckit verify --patch`", spread(seconds, "s")],
      [
        "of that, the build",
        spread(
          reports.map((it) => it.timings.buildMs / 1000),
          "s",
        ),
      ],
      [
        "of that, vectors made",
        spread(
          reports.map((it) => it.timings.vectorsMs / 1000),
          "s",
        ),
      ],
      [
        "of that, the guest",
        spread(
          reports.map((it) => it.timings.guestsMs / 1000),
          "s",
        ),
      ],
      [
        "QEMU start to first vector",
        spread(
          guests.map((it) => (it.firstVectorMs ?? 0) / 1000),
          "s",
        ),
      ],
      ["vectors a second, first vector to QEMU's end", spread(perSecond, "/s", 0)],
      ["vectors in the set", String(last.totalVectors)],
    ],
  });
  const before = existsSync(PAGE) ? readFileSync(PAGE, "utf8") : "";
  const vectorsAt = before.indexOf("## Vectors");
  writeFileSync(PAGE, vectorsAt === -1 ? page : `${page}\n${before.slice(vectorsAt)}`);
  log(page);
}

await main();
