import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diffKconfig, formatKconfig, parseKconfig } from "./kconfig-text.ts";

const symbol = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,12}$/);
const value = fc.constantFrom("y", "m", "n", "8", '"a b"', "0x1000");
const values = fc.dictionary(symbol, value).map((record) => new Map(Object.entries(record)));

describe("kconfig text", () => {
  test("what is formatted is parsed again", () => {
    fc.assert(
      fc.property(values, (map) => {
        expect(parseKconfig(formatKconfig(map))).toEqual(map);
      }),
    );
  });

  test("of two lines the later counts, and comments do not", () => {
    const text = "# why\nCONFIG_A=y\n# CONFIG_B is not set\nCONFIG_A=m\n";
    expect(parseKconfig(text)).toEqual(
      new Map([
        ["A", "m"],
        ["B", "n"],
      ]),
    );
  });

  test("a symbol that the configuration does not have counts as not set", () => {
    const wanted = parseKconfig("CONFIG_KASAN=y\n# CONFIG_SLUB_TINY is not set\nCONFIG_SMP=y\n");
    expect(diffKconfig(wanted, parseKconfig("CONFIG_SMP=y\n"))).toEqual([
      { symbol: "KASAN", wanted: "y", got: "n" },
    ]);
  });

  test("a value that changed is a difference", () => {
    const wanted = parseKconfig("CONFIG_NR_CPUS=8\n");
    expect(diffKconfig(wanted, parseKconfig("CONFIG_NR_CPUS=64\n"))).toEqual([
      { symbol: "NR_CPUS", wanted: "8", got: "64" },
    ]);
  });
});
