import { type ChangedFile, newSides } from "../../tools/lib/patch/parse-files.ts";
import type { TextLine } from "../../tools/lib/patch/parse-trailers.ts";

/** A Kconfig symbol that a patch adds. */
export interface NewSymbol {
  readonly name: string;
  /** 1-based line of the patch file. */
  readonly line: number;
  /** True when users are asked for it. */
  readonly hasPrompt: boolean;
  /** True when it can be a module. */
  readonly isTristate: boolean;
  /** Lines of its help text that are not empty. */
  readonly helpLines: number;
  readonly defaults: readonly TextLine[];
}

const START = /^(?:menu)?config[ \t]+(\w+)/;
const NEXT =
  /^(?:config|menuconfig|menu|endmenu|choice|endchoice|if|endif|source|comment|mainmenu)\b/;
const PROMPT = /^\s+(?:bool|tristate|int|hex|string|prompt)[ \t]+"/;

/** The symbols whose `config` line a patch adds to a Kconfig file; none for other files. */
export function newSymbols(file: ChangedFile): NewSymbol[] {
  if (!/(?:^|\/)Kconfig[^/]*$/.test(file.path)) return [];
  return newSides(file).flatMap((lines) =>
    lines.flatMap((line, at) => {
      const name = START.exec(line.text)?.[1];
      if (name === undefined || line.kind !== "+") return [];
      const rest = lines.slice(at + 1);
      const end = rest.findIndex(({ text }) => NEXT.test(text));
      return [readSymbol(name, line.line, rest.slice(0, end < 0 ? undefined : end))];
    }),
  );
}

function readSymbol(name: string, line: number, body: readonly TextLine[]): NewSymbol {
  const help = body.findIndex(({ text }) => /^\s+(?:---)?help(?:---)?\s*$/.test(text));
  const options = help < 0 ? body : body.slice(0, help);
  return {
    name,
    line,
    hasPrompt: options.some(({ text }) => PROMPT.test(text)),
    isTristate: options.some(({ text }) => /^\s+(?:def_)?tristate\b/.test(text)),
    helpLines: help < 0 ? 0 : body.slice(help + 1).filter(({ text }) => text.trim() !== "").length,
    defaults: options.filter(({ text }) => /^\s+default\b/.test(text)),
  };
}
