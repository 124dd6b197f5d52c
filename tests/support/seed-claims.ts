import { openDocFile } from "../../checks/doc/doc-file.ts";
import { findSections } from "../../checks/doc/sections.ts";
import { MEASURED } from "../../checks/doc/sentences.ts";
import { atEnd, inProse, type Seeder } from "./seed-faults.ts";

const REFERENCE = /^\+[-=]|^=+ +=|^\||:ref:`|:doc:`|`_|\]\(|https?:/m;
const OFF = /\bwithout\b|\bnot set\b|\bdisabled?\b|\boff\b|\bunless\b|\botherwise\b|\bis not\b/i;

/** Puts a sentence behind the last section, unless that has what makes it right. */
function unless(has: readonly RegExp[], text: string, at: number): Seeder {
  return (source, path, random) => {
    // A page that a command makes says so, and by that where its numbers are from.
    if (/^(?:Generated|Made) by `/m.test(source)) return undefined;
    const file = openDocFile({ path, treePath: path, source, isChanged: true });
    const last = findSections(file).at(-1);
    const body = last === undefined ? source : source.slice(last.start, last.end);
    if (has.some((pattern) => pattern.test(body))) return undefined;
    return atEnd(text, at)(source, path, random);
  };
}

/** A section without a word in it, adorned as the last title of the document is. */
const hollowSection: Seeder = (source, path, random) => {
  const titles = [...source.matchAll(/^\n(\S.*)\n([=~-])\2{3,}$/gm)];
  const mark = titles.at(-1)?.[2];
  if (mark === undefined || /^.*\blimit|^\.\. toctree::/im.test(source)) return undefined;
  return atEnd(`Limits\n${mark.repeat(6)}\n\nTBD.\n`, 0)(source, path, random);
};

/** For each rule of the profile `rfc` the way to put into a document what it has to find. */
export const CLAIM_SEEDERS: Readonly<Record<string, Seeder>> = {
  "abi-promise": atEnd("The ioctl interface is stable.\n", 23),
  "api-context": atEnd(".. c:function:: int f(void)\n\n   Does it.\n", 0),
  "claim-needs-number": unless([MEASURED, REFERENCE], "The hint reduces stalls.\n", 9),
  "config-matrix": unless([OFF], "With CONFIG_SWAP_HINTS pages move.\n", 5),
  "hardware-fact": atEnd("HBF reads it in 20 us.\n", 16),
  "number-needs-provenance": unless([/\d\.\d|CONFIG_|config/], "It saves 12 % of it.\n", 9),
  overclaim: atEnd("A seamless way.\n", 2),
  "required-sections": hollowSection,
  "series-value": inProse("``SEEDED_LIMIT`` is 256, WORD", 20),
  "stale-vocabulary": inProse("kmap_atomic()", 0),
  "version-language": atEnd("Currently only one is used.\n", 0),
};
