import { FILE_OP } from "../machine/calls.ts";
import type { RaceEvent } from "./race.ts";

/**
 * Splits a history into parts that can be checked one by one: calls belong together when one of
 * them changes what the other looks at. What nobody changes while tasks run beside each other binds
 * nothing (Herlihy and Wing's locality, applied to files and the address space). Calls made alone
 * before are part of every history, those made alone afterwards of the one that they belong to.
 */
export function partitionHistory(events: readonly RaceEvent[]): readonly (readonly RaceEvent[])[] {
  const racing = events.filter(({ task }) => task !== 0);
  const firstReturn = Math.min(...racing.map(({ invokedAt }) => invokedAt));
  const before = events.filter(({ task, returnedAt }) => task === 0 && returnedAt < firstReturn);
  const rest = events.filter((event) => !before.includes(event));
  const written = new Set(rest.flatMap((event) => touches(event).writes));
  const groups: { parts: Set<string>; events: RaceEvent[] }[] = [];
  for (const event of rest) {
    const { reads, writes } = touches(event);
    const parts = [...reads, ...writes].filter((part) => written.has(part));
    const own = groups.filter((group) => parts.some((part) => group.parts.has(part)));
    const joined = {
      parts: new Set([...parts, ...own.flatMap((group) => [...group.parts])]),
      events: [...own.flatMap((group) => group.events), event],
    };
    for (const group of own) groups.splice(groups.indexOf(group), 1);
    groups.push(joined);
  }
  return groups.map((group) => [...before, ...group.events]);
}

interface Touched {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

/** What a call looks at and what it changes: slots of files, memory, the nodes allowed. */
function touches({ call }: RaceEvent): Touched {
  switch (call.op) {
    case "ioctl":
      // The counters of a file change with each hint, also when it is refused.
      return { reads: ["memory", "nodes"], writes: [`slot ${call.slot}`] };
    case "open":
    case "close":
      return { reads: [], writes: [`slot ${call.slot}`] };
    case "fileop":
      if (call.which !== FILE_OP.dup) return { reads: [`slot ${call.slot}`], writes: [] };
      return { reads: [], writes: [`slot ${call.slot}`, `slot ${call.target}`] };
    case "cpuset":
      return { reads: [], writes: ["nodes"] };
    default:
      return { reads: [], writes: ["memory"] };
  }
}
