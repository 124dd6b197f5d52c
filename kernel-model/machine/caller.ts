import type { NodeMask } from "./params.ts";

/** Who makes the calls of every vector. */
export interface Caller {
  readonly name: "root" | "user" | "cpuset" | "seccomp" | "compat";
  /** One line for people. */
  readonly title: string;
  /** Number that init is told, as in tools/guest/control.h. */
  readonly code: number;
  /** Nodes that an outer cpuset leaves, of those with memory; absent: all. */
  readonly outerMems?: NodeMask;
  /** A program of 32 bits from the start. */
  readonly compat?: true;
  /** Fragments of the kernel's configuration that it needs besides. */
  readonly fragments?: readonly string[];
}

/** Every caller, the one of the default run first. */
export const CALLERS = [
  { name: "root", code: 0, title: "root, as init is" },
  {
    ...{ name: "user", code: 1 },
    title: "effective uid 4242 without capabilities, which the device was given to by chown",
  },
  {
    ...{ name: "cpuset", code: 2, outerMems: 1 },
    title: "in a cpuset inside of another one that has node 0 alone",
  },
  {
    ...{ name: "seccomp", code: 3, fragments: ["caller-seccomp"] },
    title: "as user, but a filter takes open() away, and a supervisor hands the device in",
  },
  {
    ...{ name: "compat", code: 4, compat: true },
    title: "a program of 32 bits on a 64-bit kernel",
  },
] as const satisfies readonly Caller[];

export type CallerName = Caller["name"];

/** The caller of that name; undefined if there is none. */
export function findCaller(name: string): Caller | undefined {
  return CALLERS.find((caller) => caller.name === name);
}
