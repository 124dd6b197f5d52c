import { layoutStruct, STRUCTS } from "../../kernel-model/index.ts";
import { type Facts, targetsOf } from "../../tools/lib/uapi/header-compiler.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";
import { parseStructs, type Struct } from "./parse-header.ts";
import { type HeaderAtTip, headersAtTip } from "./uapi-headers.ts";

/** How the whole is called beside its members. */
const END = "the end";

/** Compilers of 32-bit, 64-bit and big-endian machines, and the model, agree on every offset. */
export const u03SameLayout = defineTextRule({
  id: "u03-same-layout",
  title:
    "structs have the same size and offsets on x86-64, i386, arm64 and s390x, and in the model",
  why: "a 32-bit program on a 64-bit kernel passes the struct as its own compiler lays it out",
  source: "Documentation/driver-api/ioctl.rst",
  fix: "order the members by size, and write the padding as members",
  bad: "__u32 op; __u64 start;",
  good: "__u32 op; __u32 pad0; __aligned_u64 start;",
  cost: "seconds",
  facts: async ({ keys, stage }) => [await keys.build(), stage, JSON.stringify(STRUCTS)],
  async inSeries(context) {
    const { evaluate } = context.effects.headers;
    const found: SightingIn[] = [];
    for (const header of await headersAtTip(context)) {
      const structs = parseStructs(header.lines).filter(
        ({ text }) => header.addedAt(text) !== undefined,
      );
      if (structs.length === 0) continue;
      // One call for all structs: a compiler takes its time to start, not for what it is asked.
      const asked = structs.flatMap((struct, at) => expressionsOf(struct, at));
      const targets = targetsOf(header.path);
      const facts = await evaluate(header.path, targets, Object.fromEntries(asked));
      for (const [at, struct] of structs.entries()) {
        const answers = targets.map((target, index): [string, Facts] => {
          return [target, factsOf(at, facts[index] ?? {})];
        });
        found.push(...compare(header, struct, [...answers, ...modelOf(struct)]));
      }
    }
    return found;
  },
});

/** What is asked of the n-th struct, under names that say so. */
function expressionsOf({ kind, name, members }: Struct, at: number): [string, string][] {
  const type = `${kind} ${name}`;
  const offsets = members
    .filter(({ isBitfield }) => !isBitfield)
    .map((one): [string, string] => [one.name, `__builtin_offsetof(${type}, ${one.name})`]);
  const all: [string, string][] = [...offsets, [END, `sizeof(${type})`]];
  return all.map(([member, text]) => [`${at} ${member}`, text]);
}

function factsOf(at: number, facts: Facts): Facts {
  const mine = Object.entries(facts).filter(([name]) => name.startsWith(`${at} `));
  return Object.fromEntries(mine.map(([name, value]) => [name.slice(`${at} `.length), value]));
}

/**
 * Where the codec of the reference model has the members of a struct that it knows. Members that it
 * knows from a later stage don't count for the size.
 */
function modelOf({ name, members }: Struct): [string, Facts][] {
  const def = STRUCTS.find((one) => one.name === name);
  if (def === undefined) return [];
  const find = (name: string) => members.find((member) => member.name === name);
  const offsets = layoutStruct(def)
    .fields.filter((field) => find(field.name)?.isBitfield === false)
    .map((field) => [field.name, BigInt(field.offset)] as const);
  const here = def.fields.filter((field) => find(field.name) !== undefined);
  const { size } = layoutStruct({ ...def, fields: here });
  return [["the reference model", { ...Object.fromEntries(offsets), [END]: BigInt(size) }]];
}

function compare(
  header: HeaderAtTip,
  { name, members, text }: Struct,
  [first, ...others]: readonly (readonly [string, Facts])[],
): SightingIn[] {
  if (first === undefined) return [];
  return others.flatMap(([target, facts]) =>
    Object.entries(facts).flatMap(([field, offset]): SightingIn[] => {
      const wanted = first[1][field];
      if (offset === wanted) return [];
      const member = members.find((one) => one.name === field)?.text ?? text;
      const place = header.addedAt(member) ?? header.addedAt(text);
      const what =
        `'${field}' of '${name}' is at byte ${wanted} for ${first[0]} ` +
        `and at ${offset} for ${target}`;
      return place === undefined ? [] : [{ ...place, what }];
    }),
  );
}
