import { requireSuccess } from "../../tools/lib/proc/check-result.ts";
import { run } from "../../tools/lib/proc/run.ts";
import { type Mutant, variantName } from "./schemata.ts";

const TIMEOUT_MS = 300_000;

/** Mutants apart by what the compiler made of them. */
export interface Distinct {
  readonly mutants: readonly Mutant[];
  /** Those whose object code is that of the source as it is. */
  readonly equal: readonly Mutant[];
  /** Those whose object code is that of another mutant. */
  readonly repeated: readonly Mutant[];
}

/** Keeps of the mutants those whose object code nothing else has. */
export async function distinctMutants(
  vmlinux: string,
  mutants: readonly Mutant[],
): Promise<Distinct> {
  const code = await disassembleVariants(vmlinux);
  const codeOf = (fn: string, id: number): string => {
    const text = code.get(variantName(fn, id));
    if (text === undefined) throw new Error(`the image lacks ${variantName(fn, id)}`);
    return `${fn}\n${text}`;
  };
  const distinct: Mutant[] = [];
  const equal: Mutant[] = [];
  const repeated: Mutant[] = [];
  const seen = new Set<string>();
  for (const mutant of mutants) {
    const text = codeOf(mutant.fn, mutant.id);
    if (text === codeOf(mutant.fn, 0)) equal.push(mutant);
    else if (seen.has(text)) repeated.push(mutant);
    else distinct.push(mutant);
    seen.add(text);
  }
  return { mutants: distinct, equal, repeated };
}

/** The instructions of each variant, with no address of their own in them. */
async function disassembleVariants(vmlinux: string): Promise<ReadonlyMap<string, string>> {
  const symbols = (await output("nm", ["-n", vmlinux])).split("\n");
  const addresses = symbols.flatMap((line) => {
    const found = /^([0-9a-f]+) t \w+__m\d+$/.exec(line);
    return found?.[1] === undefined ? [] : [BigInt(`0x${found[1]}`)];
  });
  const first = addresses[0] ?? 0n;
  const behind = (addresses.at(-1) ?? 0n) + 0x4000n;
  const range = [
    `--start-address=0x${first.toString(16)}`,
    `--stop-address=0x${behind.toString(16)}`,
  ];
  const listing = await output("objdump", ["-d", "--no-show-raw-insn", ...range, vmlinux]);
  const code = new Map<string, string>();
  for (const part of listing.split(/\n\n/)) {
    const head = /^[0-9a-f]+ <(\w+__m\d+)>:\n/.exec(part);
    if (head?.[1] === undefined || code.has(head[1])) continue;
    code.set(head[1], normalize(part.slice(head[0].length), head[1]));
  }
  return code;
}

function normalize(instructions: string, name: string): string {
  return instructions
    .replaceAll(/^\s*[0-9a-f]+:\s*/gm, "")
    .replaceAll(`<${name}`, "<.")
    .replaceAll(/\b(?:0x)?[0-9a-f]{6,} (?=<)/g, "")
    .replaceAll(/-?0x[0-9a-f]+\(%rip\)\s*#/g, "(%rip) #")
    .replaceAll(/(\w)\.\d+(?=[+>])/g, "$1")
    .replace(/(?:\n(?:int3|nop.*|xchg +%ax,%ax|data16.*|cs nop.*))+\s*$/, "");
}

async function output(file: string, args: readonly string[]): Promise<string> {
  const result = await run({ file, args, timeoutMs: TIMEOUT_MS });
  requireSuccess(result, { writesTo: "/tmp", code: "not-disassembled" });
  return new TextDecoder().decode(result.stdout);
}
