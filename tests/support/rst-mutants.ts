/** A small generator of numbers that depends on its seed alone (mulberry32). */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const MARKS = [
  "*",
  "`",
  "``",
  "_",
  "|",
  ":",
  "::",
  "\\",
  "-",
  "=",
  "+",
  " ",
  "\t",
  ".. ",
  "- ",
  "1. ",
];

type Edit = (lines: string[], at: number, random: (below: number) => number) => void;

const EDITS: readonly Edit[] = [
  (lines, at) => void lines.splice(at, 1),
  (lines, at) => void lines.splice(at, 0, lines[at] ?? ""),
  (lines, at) => void lines.splice(at, 0, ""),
  (lines, at, random) => {
    lines[at] = " ".repeat(1 + random(4)) + (lines[at] ?? "");
  },
  (lines, at) => {
    lines[at] = (lines[at] ?? "").replace(/^ {1,3}/, "");
  },
  (lines, at, random) => {
    const line = lines[at] ?? "";
    const place = random(line.length + 1);
    lines[at] = line.slice(0, place) + line.slice(place + 1);
  },
  (lines, at, random) => {
    const line = lines[at] ?? "";
    const place = random(line.length + 1);
    lines[at] = line.slice(0, place) + MARKS[random(MARKS.length)] + line.slice(place);
  },
  (lines, at, random) => {
    const other = random(lines.length);
    [lines[at], lines[other]] = [lines[other] ?? "", lines[at] ?? ""];
  },
];

const WINDOW = 60;

/** Cuts a piece out of one of the documents and damages one to three of its lines. */
export function mutate(documents: readonly string[], seed: number): string {
  const random = randomFrom(seed);
  const lines = (documents[random(documents.length)] ?? "").replace(/^\ufeff/, "").split("\n");
  const start = random(Math.max(1, lines.length - WINDOW));
  const piece = lines.slice(start, start + WINDOW);
  for (let edits = 1 + random(3); edits > 0; edits--) {
    EDITS[random(EDITS.length)]?.(piece, random(piece.length), random);
  }
  return piece.join("\n");
}
