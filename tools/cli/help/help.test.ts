import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { rfckitHere } from "../../../tests/support/gate-tree.ts";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { allCommands, readCommandTable } from "./command-table.ts";
import { declaredProgram } from "./declared-program.ts";
import { renderManPage } from "./man-page.ts";
import { SHELLS } from "./shells.ts";

const ROOT = readCommandTable(declaredProgram().description("Judge a series."));
const ALL = allCommands(ROOT);

test("the table has every command and its options", () => {
  const apply = ALL.find(({ path }) => path === "rfckit series apply");
  expect(apply?.args).toEqual(["[mailbox...]"]);
  expect(apply?.options.find(({ names }) => names.includes("--tree"))?.value).toBe("dir");
});

/** What bash offers at the end of a line. */
async function complete(...words: string[]): Promise<string[]> {
  const dir = await scratchDir();
  writeFileSync(join(dir, "rfckit.bash"), SHELLS["bash"]?.(ROOT) ?? "");
  writeFileSync(join(dir, "0001-a.patch"), "");
  const script = [
    "source ./rfckit.bash",
    'COMP_WORDS=("$@")',
    `COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))`,
    "_rfckit",
    `printf "%s\\n" "\${COMPREPLY[@]}"`,
  ].join("\n");
  const args = ["--norc", "-c", script, "bash", "rfckit", ...words];
  const out = execFileSync("bash", args, { cwd: dir, encoding: "utf8" });
  return out.split("\n").filter((line) => line !== "");
}

describe("completion for bash", () => {
  test.each([
    [["ser"], ["series"]],
    [["series", "und"], ["undo"]],
    [["ready", "--pro"], ["--profile"]],
    [["ready", "0001"], ["0001-a.patch"]],
    [["ready", "--profile", ""], []],
    [["report", "merge", "--for"], ["--format"]],
  ])("%j offers %j", async (words, offered) => {
    expect(await complete(...words)).toEqual(offered);
  });

  test("an empty word offers every command", async () => {
    const names = ROOT.commands.map(({ name }) => name);
    expect(await complete("")).toEqual(expect.arrayContaining(names));
  });
});

test.each(["zsh", "fish"])("completion for %s has every command and option", (shell) => {
  const script = SHELLS[shell]?.(ROOT) ?? "";
  for (const { name, options } of ALL) {
    expect(script).toContain(name);
    for (const option of options.flatMap(({ names }) => names)) {
      expect(script).toContain(shell === "zsh" ? `*${option}[` : option.replace(/^-+/, ""));
    }
  }
});

test("an unknown shell is a wrong use, and the known ones are named", async () => {
  const answer = await rfckitHere("/", ["completion", "tcsh"]);
  expect(answer.code).toBe(2);
  expect(answer.stderr).toContain("rfckit completion zsh");
});

describe("the man page", () => {
  const page = renderManPage(ROOT);

  test("mandoc finds nothing but that it has no date", () => {
    const lint = (input: string): string => {
      try {
        return execFileSync("mandoc", ["-T", "lint", "-W", "style"], { input }).toString();
      } catch (error) {
        return String((error as { stdout?: Buffer }).stdout ?? error);
      }
    };
    const lines = lint(page)
      .split("\n")
      .filter((line) => line !== "");
    expect(lines.filter((line) => !/missing date|lookup|Debian/.test(line))).toEqual([]);
    expect(lint(page.replace(".SH NAME", ".SH NAME \n.XX"))).toContain("XX");
  });

  test("it shows every command, option and exit code", () => {
    const shown = execFileSync("mandoc", ["-T", "ascii"], { input: page }).toString();
    // Bold is a character written over itself.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what it is
    const text = shown.replaceAll(/.\u0008/g, "");
    for (const { path, commands, options } of ALL) {
      if (commands.length > 0) continue;
      expect(text).toContain(path);
      for (const { names } of options) for (const name of names) expect(text).toContain(name);
    }
    for (const code of [0, 1, 2, 3, 4, 70, 125, 130, 143]) {
      expect(text).toMatch(new RegExp(`^ +${code} `, "m"));
    }
  });
});
