import type { Box, Layout, Point } from "./lay-out.ts";

const LINE_HEIGHT = 18;
const INK = "#24292f";
const PAPER = "#ffffff";
const FILL = "#eef3f8";

type Attributes = Readonly<Record<string, string | number>>;

/** The picture as SVG, the same bytes each time. */
export function renderSvg(title: string, { width, height, boxes, arrows }: Layout): string {
  const tip = element("path", { d: "M0 0L8 4L0 8z", fill: INK });
  const size = { markerWidth: 8, markerHeight: 8 };
  const head = { id: "head", viewBox: "0 0 8 8", refX: 8, refY: 4, ...size, orient: "auto" };
  const content = [
    element("title", {}, escapeXml(title)),
    element("defs", {}, element("marker", head, tip)),
    element("rect", { width, height, fill: PAPER }),
    ...arrows.map(({ edge, points }) => drawArrow(points, edge.isDashed)),
    ...boxes.flatMap(drawBox),
    ...arrows.flatMap(({ edge, points }) => (edge.label === "" ? [] : label(edge.label, points))),
  ];
  const frame = { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}` };
  const font = { "font-family": "sans-serif", "font-size": 13 };
  const root = { ...frame, width, height, role: "img", ...font };
  return `${element("svg", root, `\n${content.join("\n")}\n`)}\n`;
}

function drawArrow(points: readonly Point[], isDashed: boolean): string {
  return element("polyline", {
    points: points.map(([x, y]) => `${x},${y}`).join(" "),
    fill: "none",
    stroke: INK,
    ...(isDashed && { "stroke-dasharray": "5 4" }),
    "marker-end": "url(#head)",
  });
}

function drawBox({ lines, x, y, width, height }: Box): string[] {
  const top = y + height / 2 - (lines.length * LINE_HEIGHT) / 2 + LINE_HEIGHT * 0.72;
  return [
    element("rect", { x, y, width, height, rx: 6, fill: FILL, stroke: INK }),
    ...lines.map((line, at) => write(line, x + width / 2, top + at * LINE_HEIGHT)),
  ];
}

/** Beside the middle part of an arrow, which no box covers. */
function label(text: string, points: readonly Point[]): string[] {
  const middle = Math.floor((points.length - 2) / 2);
  const [first = [0, 0], second = [0, 0]] = points.slice(middle);
  const [x, y] = [(first[0] + second[0]) / 2, (first[1] + second[1]) / 2];
  const width = text.length * 7 + 4;
  const paper = { x: x - width / 2, y: y - 9, width, height: 18, fill: PAPER };
  return [element("rect", paper), write(text, x, y + 4)];
}

function write(text: string, x: number, y: number): string {
  const at = { x, y: Math.round(y * 100) / 100 };
  return element("text", { ...at, "text-anchor": "middle", fill: INK }, escapeXml(text));
}

function element(name: string, attributes: Attributes, content = ""): string {
  const words = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`);
  const start = `<${name}${words.join("")}`;
  return content === "" ? `${start}/>` : `${start}>${content}</${name}>`;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
