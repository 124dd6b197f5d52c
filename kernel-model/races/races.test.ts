import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ioctlNumber } from "../abi/ioctl.ts";
import { HBF_IOC_STATS } from "../abi/ioctls/stats.ts";
import { createMachine } from "../machine/params.ts";
import { initialState, type State } from "../machine/state.ts";
import { step } from "../machine/step.ts";
import { TOPOLOGIES } from "../topology/registry.ts";
import { checkHistory, type HistoryVerdict } from "./check-history.ts";
import { generateRaces, RACE_OPERATIONS } from "./generate-races.ts";
import { partitionHistory } from "./partition.ts";
import type { Race, RaceEvent } from "./race.ts";

const [TOPOLOGY] = TOPOLOGIES;
if (TOPOLOGY === undefined) throw new Error("the model has no topology");
const INITIAL = initialState(createMachine(TOPOLOGY, "v2"));
const RACES = generateRaces("v2", 1);
const STEPS = 100_000;
/** In struct hbf_stats: behind size and pad, the third of the operations' 64 bytes. */
const DEMOTE_CALLS = 8 + 2 * 64;

/** Carries a race out in the model: each call takes effect at one moment while it is under way. */
function simulate(race: Race, picks: readonly number[]): readonly RaceEvent[] {
  const events: RaceEvent[] = [];
  let state: State = INITIAL;
  let clock = 0;
  const carryOut = (entries: Race["calls"]): void => {
    const tasks = [...new Set(entries.map(({ task }) => task))];
    const queues = tasks.map((task) => entries.filter((entry) => entry.task === task));
    const begun = new Map<number, number>();
    while (queues.some((queue) => queue.length > 0)) {
      const active = queues.filter((queue) => queue.length > 0);
      const queue = active[(picks[clock % picks.length] ?? 0) % active.length];
      const entry = queue?.[0];
      if (queue === undefined || entry === undefined) throw new Error("nothing to do");
      clock += 1;
      const invokedAt = begun.get(entry.task);
      if (invokedAt === undefined) {
        begun.set(entry.task, clock);
        continue;
      }
      begun.delete(entry.task);
      queue.shift();
      const [outcome] = step(state, entry.call);
      if (outcome === undefined) throw new Error("the model has no outcome");
      state = outcome.state;
      events.push({ ...entry, invokedAt, returnedAt: clock, ret: outcome.ret, out: outcome.out });
    }
  };
  const first = race.calls.findIndex(({ task }) => task !== 0);
  const last = race.calls.findLastIndex(({ task }) => task !== 0);
  for (const entry of race.calls.slice(0, first)) carryOut([entry]);
  carryOut(race.calls.slice(first, last + 1));
  for (const entry of race.calls.slice(last + 1)) carryOut([entry]);
  return events;
}

function judge(events: readonly RaceEvent[]): readonly HistoryVerdict["kind"][] {
  const parts = partitionHistory(events).map((part) => checkHistory(INITIAL, part, STEPS).kind);
  return [...new Set(parts)];
}

const picks = fc.array(fc.nat({ max: 3 }), { minLength: 8, maxLength: 40 });

describe("histories", () => {
  test("of calls that take effect at one moment are accepted, whole and in parts", () => {
    fc.assert(
      fc.property(fc.constantFrom(...RACES), picks, (race, chosen) => {
        const events = simulate(race, chosen);
        expect(checkHistory(INITIAL, events, STEPS).kind).toBe("linearizable");
        expect(judge(events)).toEqual(["linearizable"]);
      }),
      { numRuns: 300 },
    );
  });

  test("with a lost count are refused, whichever the operations are", () => {
    for (const race of RACES) {
      const events = simulate(race, [0, 1]).map((event, index, all) => {
        if (index !== all.length - 1) return event;
        const out = Uint8Array.from(event.out);
        out[DEMOTE_CALLS] = (out[DEMOTE_CALLS] ?? 0) - 1;
        return { ...event, out };
      });
      expect(judge(events), race.id).toContain("not-linearizable");
    }
  });

  test("with an answer of another moment are refused", () => {
    const race = RACES.find(({ id }) => id === "hint-with-munmap-0");
    if (race === undefined) throw new Error("no such race");
    const events = simulate(race, [0, 0, 0, 0, 1, 1, 1, 1]);
    const wrong = events.map((event) => (event.task === 0 ? event : { ...event, ret: -12 }));
    expect(judge(wrong)).toContain("not-linearizable");
  });

  test("are given up after so many steps", () => {
    const [race] = RACES;
    if (race === undefined) throw new Error("no race");
    expect(checkHistory(INITIAL, simulate(race, [0, 1]), 2)).toEqual({ kind: "undecided" });
  });
});

describe("races", () => {
  test("are of every pair of operations, also with itself", () => {
    const count = RACE_OPERATIONS.length;
    const threads = RACES.filter(({ tasks }) => tasks === "threads");
    expect(threads).toHaveLength((count * (count + 1)) / 2);
    expect(new Set(RACES.map(({ id }) => id)).size).toBe(RACES.length);
    expect(generateRaces("v1", 3).every(({ id }) => !id.includes("stats"))).toBe(true);
  });

  test("end with a count that both tasks have changed, read when they have ended", () => {
    for (const { id, calls } of RACES) {
      const lastOf = (task: number) => calls.findLast((entry) => entry.task === task)?.call;
      expect(lastOf(1), id).toEqual(lastOf(2));
      expect(lastOf(0), id).toMatchObject({ op: "ioctl", cmd: ioctlNumber(HBF_IOC_STATS) });
      expect(calls.at(-1)?.task, id).toBe(0);
    }
  });

  test("by processes leave what is not shared alone", () => {
    const calls = RACES.filter(({ tasks }) => tasks === "processes").flatMap((race) => race.calls);
    const racing = calls.filter(({ task }) => task !== 0);
    expect(new Set(racing.map(({ call }) => call.op))).toEqual(new Set(["ioctl"]));
  });
});
