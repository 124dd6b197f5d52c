import type { CFunction } from "./c-source.ts";
import { findStatements, type Statement } from "./c-statements.ts";

/** A change of the text, and which operator made it. */
export interface Edit {
  readonly operator: string;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** It belongs to the check that comes after it, and moves with that. */
const STEP_NOTE = /^\*step =/;
const OTHER_ERRNO: Readonly<Record<string, string>> = {
  EINVAL: "ENOMEM",
  EFAULT: "EINVAL",
  E2BIG: "EINVAL",
  ENOMEM: "EINVAL",
  ENODEV: "EINVAL",
  EACCES: "EPERM",
  EBADF: "EPERM",
  EINTR: "EAGAIN",
  ENOTTY: "EINVAL",
  EOPNOTSUPP: "ENOSYS",
};
const RELATIONS: Readonly<Record<string, readonly string[]>> = {
  "<": ["<=", ">"],
  ">": [">=", "<"],
  "<=": ["<", ">"],
  ">=": [">", "<"],
  "==": ["!="],
  "!=": ["=="],
};
const NAMES: Readonly<Record<string, readonly string[]>> = {
  HBF_OP_PREFETCH: ["HBF_OP_PROMOTE", "0"],
  HBF_OP_DEMOTE: ["HBF_OP_PROMOTE", "HBF_OP_RELEASE"],
  HBF_OP_RELEASE: ["HBF_OP_DEMOTE", "(HBF_OP_RELEASE + 1)"],
  HBF_NID_AUTO: ["0", "(HBF_NID_AUTO - 1)"],
  HBF_HINT_SIZE_VER0: ["(HBF_HINT_SIZE_VER0 - 1)", "(HBF_HINT_SIZE_VER0 + 1)", "8"],
  HBF_OPS: ["(HBF_OPS ^ BIT_ULL(1))", "(HBF_OPS ^ BIT_ULL(4))", "(HBF_OPS | 1)"],
  HBF_ABI_VERSION: ["(HBF_ABI_VERSION + 1)"],
  HBF_IOC_CAPS: ["(HBF_IOC_CAPS ^ 0x40000000)", "(HBF_IOC_CAPS + 0x100)"],
  HBF_IOC_HINT: ["(HBF_IOC_HINT ^ 0x40000000)", "(HBF_IOC_HINT + 0x10000)"],
  HBF_IOC_STATS: ["(HBF_IOC_STATS ^ 0x40000000)", "(HBF_IOC_STATS + 1)"],
  PAGE_SIZE: ["(PAGE_SIZE - 1)", "(PAGE_SIZE + 1)", "(2 * PAGE_SIZE)"],
  MAX_NUMNODES: ["(MAX_NUMNODES - 1)", "(MAX_NUMNODES + 1)", "(2 * MAX_NUMNODES)"],
  N_MEMORY: ["N_ONLINE", "N_POSSIBLE", "N_CPU"],
  VM_HUGETLB: ["VM_LOCKED", "VM_PFNMAP"],
  VM_READ: ["VM_WRITE", "VM_EXEC", "VM_MAYREAD"],
  VM_LOCKED: ["VM_LOCKONFAULT", "VM_READ", "VM_SHARED"],
  FMODE_WRITE: ["FMODE_READ", "(FMODE_READ | FMODE_WRITE)"],
  PAGE_ALIGNED: ["!PAGE_ALIGNED"],
  GFP_KERNEL_ACCOUNT: ["GFP_KERNEL"],
  usize: ["ksize"],
  ksize: ["usize"],
  min: ["max"],
  vm_start: ["vm_end"],
  vm_end: ["vm_start"],
  down: ["!down"],
  i: ["(i ^ 1)"],
  abi: ["ops"],
  pad: ["size"],
};
const MEMBERS: readonly (readonly [string, string])[] = [
  ["hint->start", "hint->len"],
  ["hint->len", "hint->start"],
  ["hint->flags", "hint->user_tag"],
  ["hint->pad0", "hint->flags"],
  ["hint->op", "hint->size"],
  ["hint->target_nid", "(int)hint->op"],
  ["op->calls", "op->pages"],
  ["op->errors", "op->failed"],
  ["cpuset_mems_allowed(current)", "node_states[N_MEMORY]"],
  ["node_is_toptier(nid)", "true"],
  ["node_is_toptier(nid)", "!node_is_toptier(nid)"],
  ["userfaultfd_missing(vma)", "userfaultfd_wp(vma)"],
  ["vma_migratable(vma)", "true"],
  ["untagged_addr_remote(mm, start)", "start + PAGE_SIZE"],
  [
    "copy_struct_from_user(hint, sizeof(*hint), uhint, usize)",
    "0 * copy_from_user(hint, uhint, 64)",
  ],
  ["check_zeroed_user(", "1 | !!check_zeroed_user("],
];

/** Every change of one function that the operators know. */
export function mutateFunction(masked: string, fn: CFunction): readonly Edit[] {
  const statements = findStatements(masked, fn.bodyStart, fn.bodyEnd);
  return [
    ...statements.flatMap((one) => statementEdits(masked, one)),
    ...swaps(masked, statements),
    ...wordEdits(masked, fn),
  ];
}

function statementEdits(
  masked: string,
  { kind, start, end, condition }: Statement,
): readonly Edit[] {
  const dropped = { operator: "drop", start, end, replacement: ";" };
  if (kind === "simple") return masked.startsWith("return", start) ? [] : [dropped];
  if (kind !== "if" || condition === undefined) return [];
  const text = masked.slice(condition.start, condition.end);
  const negated = { ...condition, operator: "negate", replacement: `!(${text})` };
  return [dropped, negated, ...operandEdits(masked, condition)];
}

/** Leaves out one operand of a condition that is made of several. */
function operandEdits(
  masked: string,
  condition: { readonly start: number; readonly end: number },
): readonly Edit[] {
  const text = masked.slice(condition.start, condition.end);
  const operator = /^[^&]*\|\|/.test(text) ? "||" : "&&";
  const parts = splitTop(text, operator);
  if (parts.length < 2) return [];
  return parts.map((_, index) => ({
    ...condition,
    operator: "drop-operand",
    replacement: parts.filter((__, other) => other !== index).join(operator),
  }));
}

function splitTop(text: string, operator: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === "(") depth += 1;
    if (text[at] === ")") depth -= 1;
    if (depth > 0 || !text.startsWith(operator, at)) continue;
    parts.push(text.slice(from, at));
    from = at + operator.length;
  }
  return [...parts, text.slice(from)];
}

/** Neighbours change places; a note of the step belongs to what comes after it. */
function swaps(masked: string, statements: readonly Statement[]): readonly Edit[] {
  const blocks = [...new Set(statements.map(({ block }) => block))];
  return blocks.flatMap((wanted) => {
    const block = statements.filter((one) => one.block === wanted);
    const groups: { start: number; end: number }[] = [];
    let noted: number | undefined;
    for (const { kind, start, end } of block.toSorted((a, b) => a.start - b.start)) {
      if (kind === "declaration" || kind === "label") continue;
      if (STEP_NOTE.test(masked.slice(start))) noted ??= start;
      else {
        groups.push({ start: noted ?? start, end });
        noted = undefined;
      }
    }
    return groups.slice(1).map((second, index): Edit => {
      const first = groups[index] ?? second;
      const [a, b] = [first, second].map(({ start, end }) => masked.slice(start, end));
      const range = { start: first.start, end: second.end };
      return { operator: "swap", ...range, replacement: `${b} ${a}` };
    });
  });
}

function wordEdits(masked: string, fn: CFunction): readonly Edit[] {
  const found: Edit[] = [];
  const body = masked.slice(fn.bodyStart, fn.bodyEnd);
  const each = (operator: string, pattern: RegExp, others: (text: string) => readonly string[]) => {
    for (const match of body.matchAll(pattern)) {
      const start = fn.bodyStart + match.index;
      const end = start + match[0].length;
      for (const replacement of others(match[0])) found.push({ operator, start, end, replacement });
    }
  };
  each("errno", /-E[A-Z0-9]+\b/g, (text) => [`-${OTHER_ERRNO[text.slice(1)] ?? "EIO"}`, "0"]);
  each("relation", /(?<=\s)(?:[<>=!]=|[<>])(?=\s)/g, (text) => RELATIONS[text] ?? []);
  each("logic", /\|\||&&/g, (text) => [text === "||" ? "&&" : "||"]);
  each("logic", /!(?!=)/g, () => [""]);
  each("arithmetic", /(?<=\s)[+-](?=\s)/g, (text) => [text === "+" ? "-" : "+"]);
  each("arithmetic", /\+\+/g, () => ["--", " += 2"]);
  each("bits", /(?<=\s)&(?=\s)/g, () => ["|"]);
  each("constant", /(?<![\w.])\d+\b/g, (text) => [`${Number(text) + 1}`]);
  each("constant", /sizeof\([^)]*\)/g, (text) => [`(${text} - 8)`, `(${text} + 8)`]);
  each("constant", /offsetofend\([^)]*\)/g, (text) => [`(${text} - 1)`, `(${text} + 1)`]);
  each("name", /(?<![\w"])[A-Za-z_]\w*\b/g, (text) => NAMES[text] ?? []);
  each("name", /\bHBF_STEP_\w+\b/g, (text) => [`(${text} + 1)`]);
  for (const [member, other] of MEMBERS) {
    const pattern = new RegExp(`${member.replaceAll(/[()*[\]]/g, "\\$&")}(?!\\w)`, "g");
    each("member", pattern, () => [other]);
  }
  return found;
}
