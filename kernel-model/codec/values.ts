/** A member's value: 32-bit scalars are numbers, 64-bit ones are exact as bigint. */
export type FieldValue = number | bigint | StructValue | readonly FieldValue[];

/** A struct's values by member name. Members left out are zero when encoded. */
export interface StructValue {
  readonly [field: string]: FieldValue;
}

export type Endian = "little" | "big";
