import { layoutStruct, STRUCTS } from "../../kernel-model/index.ts";
import { type Expressions, type Facts, TARGETS } from "../../tools/lib/uapi/header-compiler.ts";
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
      for (const struct of parseStructs(header.lines)) {
        const place = header.addedAt(struct.text);
        if (place === undefined) continue;
        const asked = expressionsOf(struct);
        const answers: (readonly [string, Facts])[] = [];
        for (const target of TARGETS) {
          answers.push([target, await evaluate(header.path, target, asked)]);
        }
        found.push(...compare(header, struct, [...answers, ...modelOf(struct, asked)]));
      }
    }
    return found;
  },
});

function expressionsOf({ kind, name, members }: Struct): Expressions {
  const type = `${kind} ${name}`;
  const offsets = members
    .filter(({ isBitfield }) => !isBitfield)
    .map((one) => [one.name, `__builtin_offsetof(${type}, ${one.name})`]);
  return { ...Object.fromEntries(offsets), [END]: `sizeof(${type})` };
}

/**
 * Where the codec of the reference model has the members of a struct that it knows. Members that it
 * knows from a later stage don't count for the size.
 */
function modelOf({ name, members }: Struct, asked: Expressions): [string, Facts][] {
  const def = STRUCTS.find((one) => one.name === name);
  if (def === undefined) return [];
  const isHere = (field: { readonly name: string }) =>
    members.some((member) => member.name === field.name);
  const offsets = layoutStruct(def)
    .fields.filter((field) => isHere(field) && Object.hasOwn(asked, field.name))
    .map((field) => [field.name, BigInt(field.offset)] as const);
  const { size } = layoutStruct({ ...def, fields: def.fields.filter(isHere) });
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
