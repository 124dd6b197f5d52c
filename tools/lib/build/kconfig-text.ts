/** Values of Kconfig symbols, without the `CONFIG_` prefix; `n` for one that is not set. */
export type KconfigValues = ReadonlyMap<string, string>;

const ASSIGNMENT = /^CONFIG_([A-Za-z0-9_]+)=(.*)$/;
const UNSET = /^# CONFIG_([A-Za-z0-9_]+) is not set$/;

/** Parses a fragment or a `.config`; of two lines for one symbol the later counts. */
export function parseKconfig(text: string): KconfigValues {
  const values = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [, assigned, value] = ASSIGNMENT.exec(line) ?? [];
    if (assigned !== undefined && value !== undefined) values.set(assigned, value);
    const [, unset] = UNSET.exec(line) ?? [];
    if (unset !== undefined) values.set(unset, "n");
  }
  return values;
}

/** Writes values as `conf` reads them, in the order of the map. */
export function formatKconfig(values: KconfigValues): string {
  const lines = [...values].map(([symbol, value]) =>
    value === "n" ? `# CONFIG_${symbol} is not set` : `CONFIG_${symbol}=${value}`,
  );
  return `${lines.join("\n")}\n`;
}

/** A symbol whose value is not the one that was asked for. */
export interface KconfigDifference {
  readonly symbol: string;
  readonly wanted: string;
  /** `n` also when the symbol does not exist or its dependencies are not met. */
  readonly got: string;
}

/** The symbols of `wanted` that `got` does not have with the same value. */
export function diffKconfig(wanted: KconfigValues, got: KconfigValues): KconfigDifference[] {
  return [...wanted].flatMap(([symbol, value]) => {
    const actual = got.get(symbol) ?? "n";
    return actual === value ? [] : [{ symbol, wanted: value, got: actual }];
  });
}
