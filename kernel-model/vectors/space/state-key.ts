import type { Vma } from "../../machine/address-space.ts";
import type { State } from "../../machine/state.ts";

/** What never changes, or what no call of a scope can see. */
const LEFT_OUT = new Set(["machine", "totals", "totalsAsked", "trace"]);

/** A call leaves most parts of a state as they are, so that their text is kept with them. */
const TEXTS = new WeakMap<object, string>();

/**
 * Equal for states that no call can tell apart: neighbouring mappings that are alike are one, as
 * the kernel merges some of them and no check looks at their ends.
 */
export function stateKey(state: State): string {
  const parts = Object.entries(state).filter(([name]) => !LEFT_OUT.has(name));
  return parts.map(([name, value]) => partText(name, value)).join();
}

function partText(name: string, value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const known = TEXTS.get(value);
  if (known !== undefined) return known;
  const text = JSON.stringify({ [name]: value }, (member, inner: unknown) => {
    if (member === "kind" && isNumbered(inner)) return inner.nr;
    return member === "space" && Array.isArray(inner) ? mergeNeighbours(inner) : inner;
  });
  TEXTS.set(value, text);
  return text;
}

function isNumbered(value: unknown): value is { readonly nr: number } {
  return typeof value === "object" && value !== null && "nr" in value;
}

function mergeNeighbours(space: readonly Vma[]): readonly Vma[] {
  const merged: Vma[] = [];
  for (const vma of space) {
    const last = merged.at(-1);
    if (last !== undefined && last.end === vma.start && isAlike(last, vma)) {
      merged[merged.length - 1] = { ...last, end: vma.end };
    } else {
      merged.push(vma);
    }
  }
  return merged;
}

function isAlike(a: Vma, b: Vma): boolean {
  const ends = { start: 0, end: 0 };
  return JSON.stringify({ ...a, ...ends }) === JSON.stringify({ ...b, ...ends });
}
