import type { Flowchart, FlowEdge, FlowNode } from "./flowchart.ts";

/** A box with its lines and its place. */
export interface Box {
  readonly id: string;
  readonly lines: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A point of the picture. */
export type Point = readonly [x: number, y: number];

/** Boxes, and for each arrow the points that it goes through. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly arrows: readonly { readonly edge: FlowEdge; readonly points: readonly Point[] }[];
}

/** A box, or the place where a long arrow passes a layer; sizes along and across the layers. */
interface Cell {
  readonly id: string;
  readonly lines: readonly string[];
  readonly along: number;
  readonly across: number;
}

const LINE_LENGTH = 26;
const CHAR_WIDTH = 7;
const LINE_HEIGHT = 18;
const PADDING = 12;
const GAP = 46;
const GAP_ACROSS = 28;
const MARGIN = 16;

/** Puts boxes into layers, so that each arrow leads to a later one. */
export function layOut(chart: Flowchart): Layout {
  const isDown = chart.direction === "TD";
  const layerOf = findLayers(chart);
  // A word beside an arrow needs room along it if that lies.
  const longest = Math.max(...chart.edges.map(({ label }) => label.length));
  const gap = isDown ? GAP : GAP + longest * CHAR_WIDTH;
  const layers: Cell[][] = [];
  const put = (layer: number, cell: Cell): void => {
    layers[layer] = [...(layers[layer] ?? []), cell];
  };
  for (const node of chart.nodes) put(layerOf(node.id), cellOf(node, isDown));
  for (const edge of chart.edges) {
    for (const [layer, id] of passes(edge, layerOf)) {
      put(layer, { id, lines: [], along: 0, across: GAP_ACROSS });
    }
  }
  const widest = Math.max(...layers.map(acrossOf));
  const places = new Map<string, Box>();
  let along = MARGIN;
  for (const [at, layer] of layers.entries()) {
    const depth = Math.max(...layer.map((cell) => cell.along));
    let across = MARGIN + (widest - acrossOf(layer)) / 2;
    for (const cell of inOrder(layer, layers[at - 1] ?? [], chart)) {
      // An arrow that only passes goes straight through the layer.
      const deep = cell.lines.length === 0 ? { ...cell, along: depth } : cell;
      places.set(cell.id, boxOf(deep, along + (depth - deep.along) / 2, across, isDown));
      across += cell.across + GAP_ACROSS;
    }
    along += depth + gap;
  }
  const [length, breadth] = [along - gap + MARGIN, widest + 2 * MARGIN];
  const placeOf = (id: string): Box => {
    const box = places.get(id);
    if (box === undefined) throw new Error(`no place for ${id}`);
    return box;
  };
  return {
    width: isDown ? breadth : length,
    height: isDown ? length : breadth,
    boxes: chart.nodes.map(({ id }) => placeOf(id)),
    arrows: chart.edges.map((edge) => {
      const between = passes(edge, layerOf).flatMap(([, id]) => {
        return [sideOf(placeOf(id), isDown, 0), sideOf(placeOf(id), isDown, 1)];
      });
      const first = sideOf(placeOf(edge.from), isDown, 1);
      return { edge, points: [first, ...between, sideOf(placeOf(edge.to), isDown, 0)] };
    }),
  };
}

/** The layer of a box: the length of the longest way to it. */
function findLayers({ nodes, edges }: Flowchart): (id: string) => number {
  const known = new Map<string, number>();
  const visit = (id: string, path: readonly string[]): number => {
    if (path.includes(id)) throw new Error(`arrows go round: ${[...path, id].join(" ")}`);
    const layer =
      known.get(id) ??
      Math.max(
        0,
        ...edges.filter(({ to }) => to === id).map((e) => visit(e.from, [...path, id]) + 1),
      );
    known.set(id, layer);
    return layer;
  };
  for (const { id } of nodes) visit(id, []);
  return (id) => known.get(id) ?? 0;
}

/** Each cell beside those of the layer before that lead to it, so that fewer arrows cross. */
function inOrder(layer: Cell[], before: readonly Cell[], { edges }: Flowchart): readonly Cell[] {
  const rankOf = ({ id }: Cell): number => {
    const ranks = before.flatMap((cell, at) => {
      const leads = edges.some(({ from, to }) => from === cell.id && to === id);
      return leads || isSameArrow(cell.id, id) ? [at] : [];
    });
    return ranks.reduce((sum, rank) => sum + rank, 0) / Math.max(1, ranks.length);
  };
  return layer.sort((one, other) => rankOf(one) - rankOf(other));
}

/** Whether the second is where an arrow goes on that passed at, or left, the first. */
function isSameArrow(first: string, second: string): boolean {
  const [from, to, at] = second.split(" ");
  if (at === undefined) return false;
  return at === "0" ? first === from : first === `${from} ${to} ${Number(at) - 1}`;
}

/** Where an arrow passes layers between those of its ends. */
function passes(
  { from, to }: FlowEdge,
  layerOf: (id: string) => number,
): readonly (readonly [layer: number, id: string])[] {
  const first = layerOf(from) + 1;
  const count = Math.max(0, layerOf(to) - first);
  return Array.from({ length: count }, (_, at) => [first + at, `${from} ${to} ${at}`] as const);
}

function cellOf({ id, text }: FlowNode, isDown: boolean): Cell {
  const lines = wrap(text);
  const width = Math.max(...lines.map((line) => line.length)) * CHAR_WIDTH + 2 * PADDING;
  const height = lines.length * LINE_HEIGHT + 2 * PADDING;
  return { id, lines, along: isDown ? height : width, across: isDown ? width : height };
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    const longer = `${last} ${word}`;
    if (last !== undefined && longer.length <= LINE_LENGTH) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function acrossOf(layer: readonly Cell[]): number {
  return layer.reduce((sum, { across }) => sum + across + GAP_ACROSS, -GAP_ACROSS);
}

function boxOf({ id, lines, along, across }: Cell, at: number, to: number, isDown: boolean): Box {
  return isDown
    ? { id, lines, x: to, y: at, width: across, height: along }
    : { id, lines, x: at, y: to, width: along, height: across };
}

/** The middle of the side that arrows leave (1) or reach (0). */
function sideOf({ x, y, width, height }: Box, isDown: boolean, end: 0 | 1): Point {
  return isDown ? [x + width / 2, y + height * end] : [x + width * end, y + height / 2];
}
