import { defineTextRule } from "../text-rule.ts";

const NOISE = /^\s*(?:\[\s*\d+\.\d+\]|Modules linked in:|Code: (?:[0-9a-f]{2} ){4}|R[A-D]X: )/;

/** A backtrace in a message is cut down to what helps. */
export const m22BacktracesTrimmed = defineTextRule({
  id: "m22-backtraces-trimmed",
  title: "backtraces have no timestamps, module lists and registers",
  why: "the part of a backtrace that helps is the call chain, the rest distracts from it",
  source: "Documentation/process/submitting-patches.rst",
  fix: "leave the call chain, and remove timestamps, registers and module lists",
  bad: "[   12.345678] Modules linked in: a b c",
  good: "  Call Trace:\n   hbf_ioctl+0x1/0x2",
  *inMail({ parsed: { message } }) {
    for (const { text, line } of message) {
      if (NOISE.test(text)) {
        yield { line, severity: "warning", what: "the backtrace is not trimmed here" };
      }
    }
  },
});
