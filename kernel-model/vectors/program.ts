import type { Call } from "../machine/calls.ts";
import { WIRE_OPS, wireArgs } from "./wire/vocabulary.ts";

/** Equal for equal programs, different for different ones. */
export function programKey(calls: readonly Call[]): string {
  return calls.map(callKey).join(";");
}

/** Bytes of payload of a program. */
export function programSize(calls: readonly Call[]): number {
  return calls.reduce((sum, call) => sum + (call.op === "ioctl" ? call.payload.length : 0), 0);
}

/** More are too many arguments for one call. */
const AT_ONCE = 4096;

function callKey(call: Call): string {
  const head = `${WIRE_OPS[call.op].nr}:${wireArgs(call).join(",")}`;
  if (call.op !== "ioctl") return head;
  let bytes = "";
  for (let from = 0; from < call.payload.length; from += AT_ONCE) {
    const part = call.payload.subarray(from, from + AT_ONCE);
    bytes += Reflect.apply(String.fromCharCode, null, part);
  }
  return `${head}:${bytes}`;
}
