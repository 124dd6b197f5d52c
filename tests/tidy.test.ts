import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { CHECKS } from "../checks/registry.ts";

const ROOT = resolve(import.meta.dirname, "..");
const FILES = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], {
  cwd: ROOT,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file !== "");
const SOURCES = FILES.filter((file) => /\.tsx?$/.test(file) && !file.includes("fixtures/"));
const OWN_CODE = SOURCES.filter((file) => !/\.test\.tsx?$/.test(file));
const FLOORS = ["kernel-model/", "tools/lib/", "checks/", "tools/cli/"];

/** Each package and the only folders that may import it. */
const PACKAGE_FOLDERS: Readonly<Record<string, readonly string[]>> = {
  execa: ["tools/lib/proc/"],
  "simple-git": ["tools/lib/git/"],
  diff: ["tools/lib/patch/"],
  unified: ["checks/doc/"],
  "remark-parse": ["checks/doc/"],
  ink: ["tools/cli/tui/"],
  react: ["tools/cli/tui/"],
  commander: ["tools/cli/"],
  zod: ["tools/lib/config/", "tools/cli/reporters/"],
  yaml: ["tools/lib/config/"],
  "vscode-languageserver": ["tools/cli/lsp/"],
  "vscode-languageserver-textdocument": ["tools/cli/lsp/"],
};

const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");
const floorOf = (file: string): number => FLOORS.findIndex((floor) => file.startsWith(floor));

function importsOf(file: string): string[] {
  const pattern =
    /^(?:import|export)\b[^;'"=(]*?\bfrom "([^"]+)"|^import "([^"]+)"|\bimport\("([^"]+)"\)/gm;
  return [...read(file).matchAll(pattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}

/** Edges from one of our files to another, as repository paths. */
function localImports(file: string): string[] {
  return importsOf(file)
    .filter((name) => name.startsWith("."))
    .map((name) => relative(ROOT, resolve(ROOT, dirname(file), name)));
}

describe("imports", () => {
  test("the scanner sees static and dynamic imports", () => {
    expect(localImports("tools/cli/main.ts")).toContain("tools/cli/run-command-line.ts");
    expect(localImports("tools/cli/commands/doctor.ts")).toContain("tools/lib/doctor/probe.ts");
  });

  test("point down the floors only", () => {
    const upward = OWN_CODE.filter((file) => floorOf(file) >= 0).flatMap((file) =>
      localImports(file)
        .filter((target) => floorOf(target) > floorOf(file) || floorOf(target) === -1)
        .map((target) => `${file} -> ${target}`),
    );
    expect(upward).toEqual([]);
  });

  test("the reference model imports nothing outside itself", () => {
    const outside = OWN_CODE.filter((file) => file.startsWith("kernel-model/")).flatMap((file) =>
      importsOf(file).filter((name) => !name.startsWith(".")),
    );
    expect(outside).toEqual([]);
  });

  test("no check imports another check, no command another command", () => {
    const isLeaf = (file: string): boolean =>
      /^checks\/[^/]+\/[a-z]\d\d-/.test(file) || /^tools\/cli\/commands\/(?!index)/.test(file);
    const sideways = OWN_CODE.filter(isLeaf).flatMap((file) =>
      localImports(file)
        .filter((target) => isLeaf(target) && !target.includes("-control"))
        .map((target) => `${file} -> ${target}`),
    );
    expect(sideways).toEqual([]);
  });

  test.each(Object.entries(PACKAGE_FOLDERS))("%s is imported from its folder only", (name, ok) => {
    const outside = OWN_CODE.filter((file) => floorOf(file) >= 0)
      .filter((file) => !ok.some((folder) => file.startsWith(folder)))
      .filter((file) => importsOf(file).some((it) => it === name || it.startsWith(`${name}/`)));
    expect(outside).toEqual([]);
  });
});

describe("house rules", () => {
  test("no source file is longer than 250 lines, no line longer than 100 columns", () => {
    const long = OWN_CODE.filter((file) => read(file).split("\n").length > 251);
    const wide = OWN_CODE.flatMap((file) =>
      read(file)
        .split("\n")
        .flatMap((line, index) => (line.length > 100 ? [`${file}:${index + 1}`] : [])),
    );
    expect([...long, ...wide]).toEqual([]);
  });

  test("a check's id is its file name, and its test stands beside it", () => {
    for (const check of CHECKS) {
      const own = OWN_CODE.filter((file) => file.endsWith(`/${check.id}.ts`));
      expect(own, check.id).toHaveLength(1);
      expect(SOURCES, check.id).toContain(own[0]?.replace(/\.ts$/, ".test.ts"));
    }
    const files = OWN_CODE.filter((file) => /^checks\/[^/]+\/[a-z]\d\d-/.test(file));
    const registered = CHECKS.map((check) => check.id);
    const unknown = files
      .map((file) => file.replace(/^.*\/|\.ts$/g, ""))
      .filter((id) => !registered.includes(id) && !id.endsWith("-control"));
    expect(unknown).toEqual([]);
  });

  test("nothing sends mail", () => {
    const callers = OWN_CODE.filter((file) =>
      /sendmail|send-email|nodemailer|\bsmtp|node:(net|tls|http|https|dgram)\b/i.test(read(file)),
    );
    expect(callers).toEqual([]);
  });

  test("no skipped test, no escape from the type checker", () => {
    const words = ["TO" + "DO", "FIX" + "ME", "@ts-" + "ignore", "@ts-" + "expect-error"];
    const marks = SOURCES.flatMap((file) => words.filter((word) => read(file).includes(word)));
    const skips = SOURCES.filter((file) =>
      /\b(?:test|it|describe)\.(?:skip|only|todo)\b/.test(read(file).replaceAll('"', "")),
    ).filter((file) => file !== "tests/tidy.test.ts");
    expect([...marks, ...skips]).toEqual([]);
  });

  test("no address of a package registry in the lock file", () => {
    expect(read("package-lock.json")).not.toMatch(/"resolved"|https?:\/\/[^"]*registry/);
  });
});
