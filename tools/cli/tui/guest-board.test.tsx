import { EventEmitter } from "node:events";
import { stripVTControlCharacters } from "node:util";
import { expect, test, vi } from "vitest";
import type { GuestLook } from "../../lib/verify/guest-view.ts";
import { describeWork, openGuestBoard, sortGuests } from "./guest-board.tsx";

// Problem: ink draws no live frames when it finds itself in CI, and looks when it is imported.
vi.hoisted(() => {
  process.env["CI"] = "false";
});

class FakeTerminal extends EventEmitter {
  readonly isTTY = true;
  readonly rows = 24;
  readonly columns = 100;
  readonly frames: string[] = [];
  write(text: string): boolean {
    this.frames.push(text);
    return true;
  }
}

const LOOK: GuestLook = {
  ...{ name: "share-0/guest-0", phase: "vectors", vector: 1200, nrVectors: 9416 },
  ...{ perSecond: 4300, lastLine: "pci_bus 0000:00: Unknown NUMA node" },
};

test("a board has a line for each guest, failures first", async () => {
  const terminal = new FakeTerminal();
  const stream = terminal as unknown as NodeJS.WriteStream;
  const view = openGuestBoard({ stream, useColor: false });
  view.onGuest(LOOK);
  view.onGuest({ ...LOOK, name: "share-1/guest-0", phase: "boot", vector: 0, lastLine: "ACPI" });
  view.onGuest({ ...LOOK, name: "share-2/guest-0", phase: "failed", lastLine: "panic: oops" });
  await vi.waitFor(() => {
    const drawn = terminal.frames.map(stripVTControlCharacters).findLast((it) => it.trim() !== "");
    const lines = (drawn ?? "").split("\n").map((line) => line.trimEnd());
    expect(lines.slice(0, 3)).toEqual([
      "failed   share-2/guest-0    vector 1200 of 9416, 4300/s panic: oops",
      "boot     share-1/guest-0     ACPI",
      "vectors  share-0/guest-0    vector 1200 of 9416, 4300/s pci_bus 0000:00: Unknown NUMA node",
    ]);
  });
  view.close();
});

test("guests that do not fit are counted, and never the failed ones first", () => {
  const many = Array.from({ length: 30 }, (_, index): GuestLook => {
    return { ...LOOK, name: `${index}`, phase: index === 29 ? "failed" : "done" };
  });
  const { shown, hidden } = sortGuests(many, 12);
  expect(shown[0]?.name).toBe("29");
  expect([shown.length, hidden]).toEqual([10, 20]);
});

test("nothing is said of work that has not begun", () => {
  expect(describeWork({ ...LOOK, vector: 0 })).toBe("");
  expect(describeWork({ ...LOOK, perSecond: 0 })).toBe("vector 1200 of 9416");
});
