import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../support/markdown.ts";
import { readDiagrams } from "./diagrams.ts";
import { parseFlowchart } from "./flowchart.ts";
import { type Box, layOut, type Point } from "./lay-out.ts";
import { renderSvg } from "./render-svg.ts";

const TWO = 'flowchart TD\n    a["A"]\n    b["B"]\n';
const STEPS = 50;

/** Whether a line between two points goes through the inside of a box. */
function goesThrough([x1, y1]: Point, [x2, y2]: Point, box: Box): boolean {
  return Array.from({ length: STEPS + 1 }, (_, at) => at / STEPS).some((share) => {
    const [x, y] = [x1 + (x2 - x1) * share, y1 + (y2 - y1) * share];
    const isInside = x > box.x + 1 && x < box.x + box.width - 1;
    return isInside && y > box.y + 1 && y < box.y + box.height - 1;
  });
}

function overlap(one: Box, other: Box): boolean {
  const isBeside = one.x + one.width <= other.x || other.x + other.width <= one.x;
  return !isBeside && one.y + one.height > other.y && other.y + other.height > one.y;
}

describe("a flowchart", () => {
  test.each([
    ["another kind of diagram", "pie\n"],
    ["a line that is neither box nor arrow", `${TWO}    a --- b\n`],
    ["an arrow to a box that is not declared", `${TWO}    a --> b\n    a --> c\n`],
    ["a box that no arrow joins", `${TWO}    c["C"]\n    a --> b\n`],
    ["a box that is declared twice", `${TWO}    b["B"]\n    a --> b\n`],
  ])("is refused with %s", (_, source) => {
    expect(() => parseFlowchart(source)).toThrow();
  });

  test("is refused as a picture if arrows go round", () => {
    expect(() => layOut(parseFlowchart(`${TWO}    a --> b\n    b --> a\n`))).toThrow("round");
  });

  test("has its words in the picture, with what XML would read as its own", () => {
    const chart = parseFlowchart(`${TWO.replace('"A"', '"A < B & C"')}    a -->|"goes to"| b\n`);
    const svg = renderSvg("a title", layOut(chart));
    expect(svg).toContain("A &lt; B &amp; C");
    expect(svg).toContain(">goes to</text>");
    expect(svg).toContain("<title>a title</title>");
  });
});

describe("the diagrams of the architecture", () => {
  test("are two, and the page shows both as pictures", () => {
    expect(readDiagrams()).toHaveLength(2);
    const page = readFileSync(join(ROOT, "docs/architecture.md"), "utf8");
    expect(page.match(/^!\[.*\]\(reference\/\w+\.svg\)$/gm)).toHaveLength(2);
  });

  test.each(readDiagrams().map((source, at) => [at + 1, source] as const))(
    "%i: no box covers another one, an arrow, or the edge of the picture",
    (_, source) => {
      const { width, height, boxes, arrows } = layOut(parseFlowchart(source));
      for (const [at, box] of boxes.entries()) {
        expect(boxes.slice(at + 1).filter((other) => overlap(box, other))).toEqual([]);
        expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(width);
        expect(box.y + box.height).toBeLessThanOrEqual(height);
        const covered = arrows.filter(({ points }) =>
          points.slice(1).some((point, end) => goesThrough(points[end] ?? point, point, box)),
        );
        expect(covered.map(({ edge }) => edge)).toEqual([]);
      }
    },
  );
});
