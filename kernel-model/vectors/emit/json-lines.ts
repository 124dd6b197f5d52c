import { formatRet } from "../../abi/errno.ts";
import type { Call } from "../../machine/calls.ts";
import type { Vector, VectorSet } from "../vector.ts";
import { WIRE_OPS, wireArgs } from "../wire/vocabulary.ts";

/** Version of the lines' form; raised when a member changes its meaning or goes away. */
export const JSON_LINES_VERSION = 1;

/**
 * The set as JSON Lines: the first line says what it was made from, then one line a vector. 64-bit
 * numbers that don't fit are decimal strings, bytes are hexadecimal.
 */
export function renderJsonLines(set: VectorSet): string {
  const { stage, seed, topology, vectors } = set;
  const head = {
    schemaVersion: JSON_LINES_VERSION,
    stage,
    seed,
    topology,
    vectors: vectors.length,
  };
  return `${[head, ...vectors.map(vectorLine)].map((line) => JSON.stringify(line)).join("\n")}\n`;
}

function vectorLine(vector: Vector): object {
  const { id, className, title, rows, answer, twin, calls, expected } = vector;
  return {
    id,
    class: className,
    title,
    rows,
    answer,
    ...(twin === undefined ? {} : { twin }),
    calls: calls.map(callObject),
    expected: expected.map((outcomes) =>
      outcomes.map(({ ret, out }) => ({
        ret,
        ...(ret < 0 ? { errno: formatRet(ret).slice(1) } : {}),
        ...(out.length === 0 ? {} : { out: hex(out) }),
      })),
    ),
  };
}

function callObject(call: Call): object {
  const args = wireArgs(call).map((value) =>
    typeof value === "bigint" ? value.toString() : value,
  );
  const named = Object.fromEntries(
    WIRE_OPS[call.op].args.map((name, index) => [name, args[index]]),
  );
  return call.op === "ioctl"
    ? { op: call.op, ...named, payload: hex(call.payload) }
    : { op: call.op, ...named };
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
