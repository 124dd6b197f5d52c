import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { NamedMail } from "../support/shipped-series.ts";
import type { Defect } from "./defect.ts";

const CONTROLS = join(import.meta.dirname, "controls");
const SHIPPED = join(import.meta.dirname, "../../patches/v1");

/** Names of the single patches that are clean. */
export function controlNames(): string[] {
  const names = readdirSync(CONTROLS).filter((name) => name.endsWith(".patch"));
  return names.map((name) => basename(name, ".patch")).toSorted();
}

/** The mails of a control, in order. */
export function readControl(control: string): NamedMail[] {
  const paths =
    control === "v1"
      ? readdirSync(SHIPPED)
          .filter((name) => /^\d{4}-.*\.patch$/.test(name))
          .toSorted()
          .map((name) => join(SHIPPED, name))
      : [join(CONTROLS, `${control}.patch`)];
  return paths.map((path) => {
    const name = control === "v1" ? basename(path) : `0001-${basename(path)}`;
    return { name, path, text: readFileSync(path, "utf8") };
  });
}

/** The mails of a control with a defect in one of them. */
export function applyDefect(defect: Defect): NamedMail[] {
  const { control, mail, copies = 1 } = defect;
  const prefix = `${String(mail).padStart(4, "0")}-`;
  const mails = readControl(control).map((one) =>
    one.name.startsWith(prefix) ? { ...one, text: changeText(String(one.text), defect) } : one,
  );
  return Array.from({ length: copies }, (_, at) =>
    mails.map((one) => ({ ...one, name: at === 0 ? one.name : `${at}-${one.name}` })),
  ).flat();
}

/** Before a text of which the last line counts. */
const LAST = "last:";

/** The 1-based line, in the changed mail, that the finding has to name. */
export function expectedLine({ at }: Defect, text: string): number {
  if (at === "") return 1;
  const lines = text.split("\n");
  const line = at.startsWith(LAST)
    ? lines.findLastIndex((one) => one.includes(at.slice(LAST.length)))
    : lines.findIndex((one) => one.includes(at));
  if (line < 0) throw new RangeError(`no line has '${at}'`);
  return line + 1;
}

function changeText(text: string, { from, to, finds }: Defect): string {
  if (from === "" && to === "") return text;
  if (from === "") return text.replace("\n---\n", () => `\n${to}\n---\n`);
  if (!text.includes(from)) throw new RangeError(`'${from}' is not there, for ${finds}`);
  return recount(text.replace(from, () => to));
}

/** Makes the numbers in the heads of hunks true again. */
function recount(text: string): string {
  const lines = text.split("\n");
  return lines
    .map((line, at) => {
      const [, old, now, rest] = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@(.*)$/.exec(line) ?? [];
      if (old === undefined || now === undefined) return line;
      const end = lines.findIndex((one, index) => index > at && !/^[ +\\-]|^$/.test(one));
      const sign = lines.findIndex((one, index) => index > at && one === "-- ");
      const stop = Math.min(...[end, sign, lines.length].filter((one) => one > at));
      const body = lines.slice(at + 1, stop).filter((one) => one !== "");
      const count = (kinds: string): number =>
        body.filter((one) => kinds.includes(one[0] ?? "")).length;
      return `@@ -${old},${count(" -")} +${now},${count(" +")} @@${rest}`;
    })
    .join("\n");
}
