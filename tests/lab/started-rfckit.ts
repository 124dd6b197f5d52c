import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cacheDir } from "../../tools/lib/fs/cache-dir.ts";
import { findPackageDir } from "../../tools/lib/fs/package-dir.ts";

/** A process that descends from rfckit, however far. */
interface Descendant {
  readonly pid: number;
  readonly words: readonly string[];
}

const LOOK_INTERVAL_MS = 10;
/** Who was killed last needs a moment to be gone. */
const LINGER_MS = 5_000;

/**
 * rfckit as a process of its own, with a folder for temporary files that all of its descendants
 * inherit: by that they are known, also when they lead a process group or have lost their parent.
 */
export class StartedRfckit {
  private readonly temp = mkdtempSync(join(tmpdir(), "rfckit-started-"));
  private readonly child: ChildProcess;
  private stderr = "";

  constructor(args: readonly string[]) {
    const env = { ...process.env, RFCKIT_ACCEL: "tcg", TMPDIR: this.temp };
    const cwd = findPackageDir();
    const words = [join(cwd, "bin/rfckit.js"), ...args];
    const stdio = ["ignore", "ignore", "pipe"] as const;
    this.child = spawn(process.execPath, words, { cwd, env, stdio: [...stdio] });
    this.child.stderr?.on("data", (piece) => {
      this.stderr += piece;
    });
  }

  /** The first that is found among its descendants, as soon as there is one. */
  async waitFor<Found>(find: (words: readonly string[]) => Found | undefined): Promise<Found> {
    for (;;) {
      for (const { words } of this.descendants()) {
        const found = find(words);
        if (found !== undefined) return found;
      }
      const { exitCode } = this.child;
      if (exitCode !== null) throw new Error(`rfckit ended with ${exitCode}: ${this.stderr}`);
      await sleep(LOOK_INTERVAL_MS);
    }
  }

  /** Sends a signal to it alone, and gives its exit code. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const exit = once(this.child, "exit");
    this.child.kill(signal);
    const [code] = await exit;
    return code;
  }

  /** What is there that should not be, once it has ended: processes and temporary files. */
  async leftovers(): Promise<readonly string[]> {
    const untilMs = performance.now() + LINGER_MS;
    while (this.descendants().length > 0 && performance.now() < untilMs) await sleep(100);
    const own = (this.child.pid ?? 0).toString(16).padStart(8, "0");
    const pattern = `.tmp-*-${own}${"?".repeat(8)}`;
    const find = spawnSync("find", [cacheDir(process.env), "-name", pattern, "-prune", "-print"]);
    const cached = `${find.stdout}`.split("\n").filter((line) => line !== "");
    const processes = this.descendants().map(({ words }) => words.join(" "));
    return [...processes, ...readdirSync(this.temp), ...cached];
  }

  /** Ends what a failed test has left, and removes its folder. */
  dispose(): void {
    this.child.kill("SIGKILL");
    for (const { pid } of this.descendants()) process.kill(pid, "SIGKILL");
    if (existsSync(this.temp)) rmSync(this.temp, { recursive: true });
  }

  private descendants(): readonly Descendant[] {
    const mark = `TMPDIR=${this.temp}`;
    const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
    return pids.flatMap((pid) => {
      if (Number(pid) === this.child.pid) return [];
      if (!wordsOf(pid, "environ").includes(mark)) return [];
      return [{ pid: Number(pid), words: wordsOf(pid, "cmdline") }];
    });
  }
}

function wordsOf(pid: string, name: "environ" | "cmdline"): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8").split("\0").slice(0, -1);
  } catch {
    // It has ended meanwhile.
    return [];
  }
}
