import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { GuestDuty } from "../build/kernel-builds.ts";
import { findPackageDir } from "../fs/package-dir.ts";
import { decodeProgress, encodeControl, GO_OFFSET, HOST_BYTES } from "./control-page.ts";
import { planShared } from "./shared-range.ts";

const LAYOUT = planShared({ imageBytes: 70_000, nrCalls: 900, outBytes: 50_000 });

const ORDERS = { duties: ["leaks", "faults"], go: true, expected: "" } as const;

describe("the control page", () => {
  test("the host's part has the order of control.h", () => {
    const header = readFileSync(join(findPackageDir(), "tools/guest/control.h"), "utf8");
    const names = [...header.matchAll(/^\t__u64 (\w+)(?:\[\d+\])?;/gm)].map(([, name]) => name);
    expect(names.slice(0, 13)).toEqual([
      ...["magic", "image_off", "image_bytes", "results_off", "results_cap"],
      ...["facts_off", "facts_cap", "scratch_off", "scratch_bytes"],
      ...["extras_off", "extras_cap", "duties", "go"],
    ]);
    const view = new DataView(encodeControl(LAYOUT, ORDERS).buffer);
    expect(view.getBigUint64(8, true)).toBe(BigInt(LAYOUT.imageOffset));
    expect(view.getBigUint64(32, true)).toBe(BigInt(LAYOUT.resultsBytes));
    expect(view.getBigUint64(64, true)).toBe(BigInt(LAYOUT.scratchBytes));
    expect(view.getBigUint64(80, true)).toBe(BigInt(LAYOUT.extrasBytes));
    expect(view.getBigUint64(112, true)).toBe(BigInt(LAYOUT.codeOffset));
    expect(view.getBigUint64(120, true)).toBe(BigInt(LAYOUT.codeBytes));
    expect(view.getBigUint64(88, true)).toBe(2n | 8n);
    expect(view.getBigUint64(GO_OFFSET, true)).toBe(1n);
  });

  test("what init has to find follows the steps", () => {
    const steps = [{ write: "1", path: "/sys/x" }];
    const page = encodeControl(LAYOUT, { ...ORDERS, steps, expected: "nodes.memory=0\n" });
    const texts = new TextDecoder().decode(page.subarray(2048)).split("\0");
    expect(texts.slice(0, 3)).toEqual(["w 1 /sys/x\n", "nodes.memory=0\n", ""]);
  });

  test("a duty has the bit that control.h gives it", () => {
    const header = readFileSync(join(findPackageDir(), "tools/guest/control.h"), "utf8");
    const bits = [...header.matchAll(/^#define RFCK_DUTY_(\w+)\s+(\d+)$/gm)];
    expect(bits).toHaveLength(5);
    for (const [, name = "", bit = ""] of bits) {
      const duties = [name.toLowerCase() as GuestDuty];
      const view = new DataView(encodeControl(LAYOUT, { duties, go: false, expected: "" }).buffer);
      expect(view.getBigUint64(88, true), name).toBe(BigInt(bit));
    }
  });

  test("a state has the number that control.h gives it", () => {
    const header = readFileSync(join(findPackageDir(), "tools/guest/control.h"), "utf8");
    const states = [...header.matchAll(/^\tRFCK_STATE_(\w+)\s*= (\d+),/gm)];
    expect(states).toHaveLength(6);
    for (const [, name = "", number = ""] of states) {
      const page = encodeControl(LAYOUT, ORDERS);
      new DataView(page.buffer).setUint32(HOST_BYTES, Number(number), true);
      expect(decodeProgress(page).state).toBe(name.toLowerCase());
    }
  });

  test("a fresh page says that init has not come up", () => {
    expect(decodeProgress(encodeControl(LAYOUT, ORDERS))).toMatchObject({
      state: "none",
      beats: 0,
    });
  });

  test("what is no control page is an error", () => {
    expect(() => decodeProgress(new Uint8Array(4096))).toThrow("destroyed the control page");
  });

  test("the parts of the range do not overlap", () => {
    const { imageOffset, imageBytes, resultsOffset, resultsBytes, scratchOffset } = LAYOUT;
    expect(LAYOUT.factsOffset + LAYOUT.factsBytes).toBeLessThanOrEqual(imageOffset);
    expect(imageOffset + imageBytes).toBeLessThanOrEqual(resultsOffset);
    expect(resultsOffset + resultsBytes).toBeLessThanOrEqual(scratchOffset);
    expect(resultsBytes).toBeGreaterThanOrEqual(901 * 40 + 50_000);
    expect(LAYOUT.totalBytes % (2 * 1024 * 1024)).toBe(0);
  });
});
