import {
  expandNames,
  type FindMakers,
  makersOf,
  type NameMakers,
  readArguments,
} from "./name-makers.ts";
import { asTag, HASH_START, hashName, hashStep, type NameCollector } from "./name-set.ts";
import { collectPasteMacros, type PasteMacros } from "./paste-macros.ts";

const SLASH = 0x2f;
const STAR = 0x2a;
const NEWLINE = 0x0a;
const OPEN = 0x28;
const MOST_CALL_LENGTH = 2_000;

/** Calls that stand in nearly every file and make no name that anybody writes. */
const SAYS_NOTHING = /^(?:MODULE_|EXPORT_|module_|device_initcall|late_initcall)/;

const IS_WORD = Uint8Array.from({ length: 256 }, (_, code) =>
  /\w/.test(String.fromCharCode(code)) && code < 128 ? 1 : 0,
);
const STRUCT = hashName("struct");
const UNION = hashName("union");
const ENUM = hashName("enum");
/** As a whole number of 32 bits, as which the loop below goes on with it. */
const START = HASH_START | 0;

/** Which words of a file may be calls of macros that make names, by a part of their hash. */
class MacroFilter {
  private readonly bits = new Uint8Array(1 << 16);

  constructor(names: Iterable<string>, base?: MacroFilter) {
    if (base !== undefined) this.bits.set(base.bits);
    for (const name of names) this.bits[hashName(name) & 0xffff] = 1;
  }

  mayHave(hash: number): boolean {
    return this.bits[hash & 0xffff] === 1;
  }
}

/** Reads names out of the source files of a tree. */
export class NameScanner {
  private readonly names: NameCollector;
  private readonly shared: NameMakers;
  private readonly sharedFilter: MacroFilter;

  /** @param shared the macros of headers, which every file may call */
  constructor(names: NameCollector, shared: PasteMacros) {
    this.names = names;
    this.shared = makersOf(shared);
    this.sharedFilter = new MacroFilter(this.shared.keys());
  }

  /** Adds every identifier outside of comments, and those that macros make. */
  scan(bytes: Uint8Array): void {
    let find: FindMakers = (name) => this.shared.get(name) ?? [];
    let filter = this.sharedFilter;
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (buffer.includes("##")) {
      const all: PasteMacros = new Map();
      collectPasteMacros(buffer.toString("latin1"), all);
      const own = makersOf(all, (name) => this.shared.has(name));
      find = (name) => own.get(name) ?? this.shared.get(name) ?? [];
      filter = new MacroFilter(own.keys(), this.sharedFilter);
    }
    const { length } = buffer;
    const { names } = this;
    let isTag = false;
    // A tree has a thousand million bytes: no lookup but one stands between them here.
    for (let at = 0; at < length; ) {
      let code = buffer[at] ?? 0;
      if (IS_WORD[code] !== 1) {
        if (code === SLASH) at = skipComment(buffer, at);
        else at++;
        continue;
      }
      const start = at;
      let hash = START;
      while (IS_WORD[code] === 1) {
        hash = hashStep(hash, code);
        at++;
        code = at < length ? (buffer[at] ?? 0) : 0;
      }
      names.add(hash);
      if (isTag) names.add(asTag(hash));
      isTag = hash === STRUCT || hash === UNION || hash === ENUM;
      if (code === OPEN && filter.mayHave(hash)) this.expand(buffer, start, at, find);
    }
  }

  private expand(buffer: Buffer, start: number, open: number, find: FindMakers): void {
    // What makes names stands outside of functions, where lines begin without white space.
    const lineStart = buffer.lastIndexOf(NEWLINE, start) + 1;
    if (IS_WORD[buffer[lineStart] ?? 0] !== 1) return;
    const name = buffer.toString("latin1", start, open);
    if (find(name).length === 0 || SAYS_NOTHING.test(name)) return;
    const text = buffer.toString("latin1", open, open + MOST_CALL_LENGTH);
    const args = readArguments(text, 0);
    if (args === undefined) return;
    expandNames({ name, args }, find, (made) => this.names.add(hashName(made)));
  }
}

/** Where the comment that a slash may begin ends; behind the slash when it begins none. */
function skipComment(buffer: Buffer, at: number): number {
  const next = buffer[at + 1];
  if (next === STAR) {
    const end = buffer.indexOf("*/", at + 2);
    return end < 0 ? buffer.length : end + 2;
  }
  if (next !== SLASH) return at + 1;
  const end = buffer.indexOf(NEWLINE, at);
  return end < 0 ? buffer.length : end;
}
