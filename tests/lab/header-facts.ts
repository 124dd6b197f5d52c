import {
  ERRNO,
  type FieldDef,
  HBF_HINT,
  HBF_IOC_MAGIC,
  HINT_OP,
  IOCTLS,
  ioctlNumber,
  isSince,
  NID_AUTO,
  STRUCTS,
  type Stage,
  type StructDef,
  structSize,
} from "../../kernel-model/index.ts";
import type { Expressions, Facts } from "../../tools/lib/uapi/header-compiler.ts";

/** A constant expression, and what the model says that it is. */
export interface PredictedFact {
  readonly expression: string;
  readonly value: bigint;
}

/** Everything that the model says of the UAPI header of a stage, by name. */
export function predictedFacts(stage: Stage): Readonly<Record<string, PredictedFact>> {
  const structs = STRUCTS.filter((def) => def.fields.some((field) => isSince(stage, field.since)));
  const constants = Object.entries({ ...headerConstants(stage), ...ERRNO });
  return Object.fromEntries([
    ...constants.map(([name, value]) => fact(name, value)),
    ...structs.flatMap((def) => structFacts(def, stage)),
  ]);
}

/** What a compiler is asked for these facts, by name. */
export function expressionsOf(facts: Readonly<Record<string, PredictedFact>>): Expressions {
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, fact.expression]));
}

/** What it has to answer. */
export function valuesOf(facts: Readonly<Record<string, PredictedFact>>): Facts {
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, fact.value]));
}

/** The constants that the header of a stage has to define, by name. */
export function headerConstants(stage: Stage): Readonly<Record<string, number>> {
  const ops = Object.entries(HINT_OP).map(([name, nr]) => [`HBF_OP_${name.toUpperCase()}`, nr]);
  const sizes = HBF_HINT.versions
    .filter(({ since }) => isSince(stage, since))
    .map(({ name, size }) => [name, size]);
  const commands = IOCTLS.filter(({ since }) => isSince(stage, since));
  return {
    HBF_ABI_VERSION: 1,
    HBF_NID_AUTO: NID_AUTO,
    ...Object.fromEntries(sizes),
    HBF_IOC_MAGIC,
    ...Object.fromEntries(ops),
    ...Object.fromEntries(commands.map((def) => [def.name, ioctlNumber(def)])),
  };
}

function structFacts(def: StructDef, stage: Stage): readonly [string, PredictedFact][] {
  const name = `struct ${def.name}`;
  const fields = def.fields.filter((field) => isSince(stage, field.since));
  return [
    fact(`sizeof(${name})`, structSize(def, stage)),
    ...fields.flatMap((field) => fieldFacts(name, field)),
  ];
}

function fieldFacts(struct: string, field: FieldDef): readonly [string, PredictedFact][] {
  const { name, type, count = 1, offset } = field;
  const member = `((${struct} *)0)->${name}`;
  const element = field.count === undefined ? member : `${member}[0]`;
  const size = typeof type === "string" ? (type === "u64" ? 8 : 4) : type.size;
  return [
    fact(`__builtin_offsetof(${struct}, ${name})`, offset),
    fact(`sizeof(${member})`, size * count),
    fact(`sizeof(${element})`, size),
    ...(typeof type === "string"
      ? [fact(`(__typeof__(${element}))-1 < 0`, type === "s32" ? 1 : 0)]
      : []),
  ];
}

function fact(expression: string, value: number): [string, PredictedFact] {
  return [expression, { expression, value: BigInt(value) }];
}
