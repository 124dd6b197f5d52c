import { expect, test } from "vitest";
import { NameCollector, openNameSet } from "./name-set.ts";
import { collectPasteMacros, type PasteMacros } from "./paste-macros.ts";
import { NameScanner } from "./scan-names.ts";

/** The names that sources have, given the macros of a header. */
function scan(header: string, ...sources: string[]): ReturnType<typeof openNameSet> {
  const macros: PasteMacros = new Map();
  collectPasteMacros(header, macros);
  const names = new NameCollector();
  const scanner = new NameScanner(names, macros);
  for (const source of [header, ...sources]) scanner.scan(new TextEncoder().encode(source));
  return openNameSet(names.freeze());
}

test("every identifier of the code is known, none of a comment", () => {
  const names = scan("", "int one(void); /* two */ // three\nfour = 5 / six;");
  const known = ["one", "two", "three", "four", "six", "seven"].filter((it) => names.has(it));
  expect(known).toEqual(["one", "four", "six"]);
});

test("only what stands behind struct, union or enum is a tag", () => {
  const names = scan("", "struct one { enum two t; };\nunion\n three;");
  expect(["one", "two", "three", "t"].filter((it) => names.hasTag(it))).toEqual([
    "one",
    "two",
    "three",
  ]);
});

test("names that macros paste are known, through other macros too", () => {
  const header =
    "#define TESTFLAG(uname, lname) \\\n\tint folio_test_##lname(void); int Page##uname(void)\n" +
    "#define FLAG(uname, lname) TESTFLAG(uname, lname) TESTFLAG(Set##uname, set_##lname)\n";
  const names = scan(header, "FLAG(Dirty, dirty)\n");
  expect(names.has("folio_test_dirty")).toBe(true);
  expect(names.has("PageSetDirty")).toBe(true);
  expect(names.has("folio_test_set_dirty")).toBe(true);
  expect(names.has("folio_test_gone")).toBe(false);
});

test("a system call has the names that its definition makes", () => {
  const header =
    "#define SYSCALL_DEFINE3(name, ...) SYSCALL_DEFINEx(3, _##name, __VA_ARGS__)\n" +
    "#define SYSCALL_DEFINEx(x, sname, ...) __SYSCALL_DEFINEx(x, sname, __VA_ARGS__)\n" +
    "#define __SYSCALL_DEFINEx(x, name, ...) asmlinkage long sys##name(__VA_ARGS__)\n";
  const names = scan(header, "SYSCALL_DEFINE3(madvise, unsigned long, start)\n");
  expect(names.has("sys_madvise")).toBe(true);
});

test("macros of a file are known in that file only, and calls without end do no harm", () => {
  const own = "#define MAKE(name) int make_##name;\nMAKE(here)\n";
  const names = scan("", own, "MAKE(there)\nMAKE(((");
  expect([names.has("make_here"), names.has("make_there")]).toEqual([true, false]);
});

test("a macro that calls itself and others in a circle ends", () => {
  const header = "#define A(x) B(a_##x)\n#define B(x) A(b_##x) A(c_##x)\n";
  expect(scan(header, "A(one)\n").has("a_one")).toBe(true);
});

test("the set grows over many names and loses none", () => {
  const all = Array.from({ length: 50_000 }, (_, number) => `name_${number}`);
  const names = scan("", all.join(" "));
  expect(all.filter((name) => !names.has(name))).toEqual([]);
  const absent = all.filter((name) => names.has(`${name}_gone`));
  expect(absent.length).toBeLessThan(10);
});
