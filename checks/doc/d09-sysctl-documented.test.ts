import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import type { ScriptRequest } from "../tree-effects.ts";
import { d09SysctlDocumented } from "./d09-sysctl-documented.ts";

const BASE = "0".repeat(40);
const VM = "Documentation/admin-guide/sysctl/vm.rst";

/** What the script says, word for word, of tables that are registered in one line. */
const script = async ({ args, files }: ScriptRequest) => {
  const [, table] = /^-vtable=(.*)$/.exec(args[0] ?? "") ?? [];
  const [page = "", ...sources] = Object.values(files);
  const headings = [...page.matchAll(/^([\w]+)\n=+$/gm)].map(([, name = ""]) => name);
  const names = sources
    .filter((text) => text.includes(`register_sysctl("${table}"`))
    .flatMap((text) => [...text.matchAll(/procname = "(\w+)"/g)].map(([, name = ""]) => name));
  const entries = names.map((name) => {
    return `* ${name} from mm/a.c${headings.includes(name) ? " (documented)" : ""}\n`;
  });
  const gone = headings.filter((name) => !names.includes(name));
  const stdout = [...entries, ...gone.map((name) => `No implementation for ${name}\n`)].join("");
  return { code: 0, stdout, stderr: "", command: "gawk" };
};
const table = (...names: string[]) =>
  `${names.map((name) => `.procname = "${name}"\n`).join("")}register_sysctl("vm", a);\n`;
const section = (name: string) => `${name}\n${"=".repeat(name.length)}\n`;

interface Side {
  readonly c: string;
  readonly page: string;
}
const judgeChange = (before: Side, after: Side, diff: string, runScript = script) =>
  judge(d09SysctlDocumented, {
    patches: [{ diff }],
    context: {
      effects: {
        runScript,
        searchAt: async () => [{ path: "mm/a.c", line: 1, text: "register_sysctl" }],
        textAt: async (commit, path) => {
          const side = commit === BASE ? before : after;
          return path === "mm/a.c" ? side.c : path === VM ? side.page : "";
        },
      },
    },
  });
const OLD = { c: table("old"), page: section("old") };
const ADDED = changeFile("mm/a.c", '\t\t.procname = "hbf_limit",');

test("a sysctl without its section is found", async () => {
  const c = table("old", "hbf_limit");
  const wanted = ["fail", "0001.patch:17"];
  expect(await judgeChange(OLD, { ...OLD, c }, ADDED)).toEqual(wanted);
  const page = `${OLD.page}hbf_limit is a number\n`;
  expect(await judgeChange(OLD, { c, page }, ADDED)).toEqual(wanted);
});

test.each([[section("hbf_limit")], ["hbf_limit:\n==========\n"], ["hbf_limit\n---------\n"]])(
  "%j is a section",
  async (words) => {
    const after = { c: table("old", "hbf_limit"), page: `${OLD.page}${words}` };
    expect(await judgeChange(OLD, after, ADDED)).toEqual(["pass"]);
  },
);

test("a section whose sysctl is gone, or never was, is found", async () => {
  const removed = ADDED.replace('+\t\t.procname = "hbf_limit",', '-\t\t.procname = "old",').replace(
    "-10,2 +10,3",
    "-10,3 +10,2",
  );
  expect(await judgeChange(OLD, { ...OLD, c: table() }, removed)).toEqual([
    "fail",
    "0001.patch:17",
  ]);
  const page = `${OLD.page}${section("nobody")}`;
  const onPage = changeFile(VM, section("nobody"));
  expect(await judgeChange(OLD, { ...OLD, page }, onPage)).toEqual(["fail", "0001.patch:17"]);
});

test("what was so before is no finding, and nothing is asked of other changes", async () => {
  const bad = { c: table("old", "bad"), page: OLD.page };
  const after = { c: table("old", "bad", "hbf_limit"), page: `${OLD.page}${section("hbf_limit")}` };
  expect(await judgeChange(bad, after, ADDED)).toEqual(["pass"]);
  expect(await judge(d09SysctlDocumented, {})).toEqual(["pass"]);
});

test("a script that does not find the control is not run", async () => {
  const mute = async () => ({ code: 0, stdout: "", stderr: "", command: "gawk" });
  expect(await judgeChange(OLD, OLD, ADDED, mute)).toEqual(["not-run"]);
});
