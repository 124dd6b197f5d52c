import { accessSync, constants } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { encodeImage } from "../../../kernel-model/index.ts";
import { ToolError } from "../error.ts";
import { contentKey } from "../fs/content-store.ts";
import { writeFileAtomic } from "../fs/write-file-atomic.ts";
import type { Accel } from "../qemu/qemu-args.ts";
import { patient } from "./progress-watch.ts";
import { type GuestRun, runGuest } from "./run-guest.ts";
import { planShared } from "./shared-range.ts";

/** What the choice between KVM and TCG depends on. */
export interface AccelRequest {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cacheDir: string;
  /** Of QEMU. */
  readonly qemuId: string;
  /** Content key of the kernel that is booted. */
  readonly kernelKey: string;
  readonly guest: Omit<GuestRun, "accel" | "layout" | "image" | "limits">;
  /** KVM's device; that of Linux unless told. */
  readonly device?: string;
  /** Of the probe; 15 s unless told. */
  readonly limitMs?: number;
  readonly onProgress?: (line: string) => void;
}

/** The choice and the reason for it. */
export interface AccelChoice {
  readonly accel: Accel;
  readonly why: string;
}

const PROBE_LIMIT_MS = 15_000;
const NO_PATIENCE = { bootMs: 1, quietMs: 1, endMs: 1, vectorMs: 1, machineMs: 2 };
const DEVICE = "/dev/kvm";

/**
 * Decides how guests are executed: TCG, unless the very kernel came up under KVM here.
 *
 * Problem: `/dev/kvm` may exist, be writable and even run real-mode code, and still hang every
 * stock kernel or make QEMU abort. So KVM is trusted after a probe boot whose init reached its end
 * within 15 s. A success is remembered for that kernel; a failure for the machine, else each
 * changed line would wait for the probe again. `RFCKIT_ACCEL=tcg` skips the question.
 *
 * @throws ToolError `unknown-accel` (user)
 */
export async function chooseAccel(request: AccelRequest): Promise<AccelChoice> {
  const wish = request.env["RFCKIT_ACCEL"] ?? "";
  if (wish === "tcg") return { accel: "tcg", why: "RFCKIT_ACCEL=tcg" };
  if (wish !== "") {
    throw new ToolError(`RFCKIT_ACCEL is '${wish}', and only 'tcg' is known`, {
      kind: "user",
      code: "unknown-accel",
      hints: ["unset RFCKIT_ACCEL"],
    });
  }
  const { device = DEVICE, limitMs = PROBE_LIMIT_MS } = request;
  if (!isAccessible(device)) return { accel: "tcg", why: `no access to ${device}` };
  const host = contentKey([await hostId(), request.qemuId]);
  const failed = join(request.cacheDir, "accel", `${host}-failed`);
  const passed = join(request.cacheDir, "accel", `${host}-${request.kernelKey}`);
  if (isAccessible(passed)) return { accel: "kvm", why: "a probe boot under KVM passed before" };
  if (isAccessible(failed)) return { accel: "tcg", why: "a probe boot under KVM failed before" };
  request.onProgress?.(`probing KVM with a boot of at most ${limitMs / 1000} s`);
  const isGood = await probeKvm(request.guest, limitMs);
  await writeFileAtomic(isGood ? passed : failed, "");
  return isGood
    ? { accel: "kvm", why: "a probe boot under KVM passed" }
    : { accel: "tcg", why: "a probe boot under KVM failed" };
}

/** Boots with no vectors; only init itself can say that it reached its end. */
async function probeKvm(guest: AccelRequest["guest"], limitMs: number): Promise<boolean> {
  const image = encodeImage({ seed: 0, vectors: [] });
  const layout = planShared({ imageBytes: image.length, nrCalls: 0, outBytes: 0 });
  const limits = patient(NO_PATIENCE, limitMs);
  const output = await runGuest({ ...guest, accel: "kvm", layout, image, limits });
  return output.ending === "own" && output.progress.state === "done";
}

/** Kernel release and CPU flags of this machine. */
async function hostId(): Promise<string> {
  const cpuinfo = await readFile("/proc/cpuinfo", "utf8");
  const flags = cpuinfo.split("\n").find((line) => line.startsWith("flags")) ?? "";
  return `${await readFile("/proc/sys/kernel/osrelease", "utf8")}${flags}`;
}

function isAccessible(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
