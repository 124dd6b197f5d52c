import { defineTextRule, type SightingIn } from "../text-rule.ts";
import { type AddedLine, linesAddedTo } from "./added-code.ts";

const FIELDS = ["What", "Date", "KernelVersion", "Contact", "Description"];
const ATTRIBUTE =
  /\b(?:(?:DEVICE|BUS|DRIVER|CLASS)_ATTR(?:_R[WO]|_WO|_ADMIN_R[WO])?|__ATTR(?:_R[WO]|_WO)?)\s*\(/;

/** New sysfs attributes have an entry in Documentation/ABI, and entries are complete. */
export const d06AbiEntries = defineTextRule({
  id: "d06-abi-entries",
  title: "new sysfs attributes have a complete entry in Documentation/ABI",
  why: "user-space interfaces are documented where their users look for them",
  source: "Documentation/process/submit-checklist.rst",
  fix: `write What, Date, KernelVersion, Contact and Description (Documentation/ABI/README)`,
  bad: "What: /sys/kernel/mm/x (and nothing else)",
  good: "What, Date, KernelVersion, Contact, Description",
  inSeries(context) {
    const abi = linesAddedTo(context, /^Documentation\/ABI\/(?:stable|testing|obsolete|removed)\//);
    const attribute = linesAddedTo(context, /\.[ch]$/).find(({ text }) => ATTRIBUTE.test(text));
    const starts = abi.filter(({ text }) => /^What:/.test(text));
    const found = starts.flatMap((start) => problemOf(start, entryAt(start, abi)));
    if (attribute === undefined || starts.length > 0) return found;
    const { mail, line } = attribute;
    return [...found, { mail, line, what: "a new attribute has no entry in Documentation/ABI" }];
  },
});

/** The lines from `What:` up to the first field of the next entry; several What belong together. */
function entryAt(start: AddedLine, abi: readonly AddedLine[]): readonly AddedLine[] {
  const rest = abi.slice(abi.indexOf(start)).filter(({ path }) => path === start.path);
  const end = rest.findIndex(
    ({ text }, at) => at > 0 && /^What:/.test(text) && !/^What:/.test(rest[at - 1]?.text ?? ""),
  );
  return rest.slice(0, end < 0 ? undefined : end);
}

function problemOf({ mail, line }: AddedLine, entry: readonly AddedLine[]): SightingIn[] {
  const missing = FIELDS.filter(
    (field) => !entry.some(({ text }) => new RegExp(`^${field}:\\s*\\S?`).test(text)),
  );
  if (missing.length === 0) return [];
  return [{ mail, line, what: `the entry has no ${missing.join(", ")}` }];
}
