import { describe, expect, test } from "vitest";
import { STAGES } from "../../abi/stage.ts";
import { renderSyzlang } from "./syzlang.ts";

/*
 * The forms of docs/syscall_descriptions_syntax.md of syzkaller that such a file may have; what is
 * none of them would be a syntax error there.
 */
const NAME = "[a-z_][a-zA-Z0-9_]*";
const OPTION = String.raw`(?:-?\d+(?::-?\d+)?|"[^"]*"|[a-zA-Z_]\w*(?:\[[^[\]]*\])?)`;
const TYPE = String.raw`${NAME}(?:\[(?:${OPTION})(?:, (?:${OPTION}))*\])?`;
const FORMS = [
  /^$/,
  /^#/,
  /^include <[a-z/.]+>$/,
  new RegExp(`^resource ${NAME}\\[${NAME}\\]$`),
  new RegExp(`^${NAME}\\$\\w+\\(${NAME} ${TYPE}(?:, ${NAME} ${TYPE})*\\)(?: ${NAME})?$`),
  new RegExp(`^${NAME} = \\w+(?:, \\w+)*$`),
  new RegExp(`^${NAME} \\{$`),
  new RegExp(`^\t${NAME}\t${TYPE}(?:\t\\((?:in|out|inout)\\))?$`),
  /^\}$/,
];
const BUILT_IN = new Set(
  [
    "const",
    "flags",
    "ptr",
    "string",
    "array",
    "bytesize",
    "vma64",
    "int8",
    "int32",
    "int64",
  ].concat(["fd", "in", "out", "inout", "parent"]),
);

describe.each(STAGES)("syzlang of %s", (stage) => {
  const text = renderSyzlang(stage);

  test("is made of the forms of that language", () => {
    const wrong = text.split("\n").filter((line) => !FORMS.some((form) => form.test(line)));
    expect(wrong).toEqual([]);
  });

  test("defines each name that it uses", () => {
    const defined = new Set(
      [...text.matchAll(/^(?:resource )?([a-z_]\w*)(?:\[fd\]| \{| =)/gm)].map(([, name]) => name),
    );
    const types = [...text.matchAll(/(?:\t|[[ ])([a-z]\w*)(?=[\],[)\n\t])/g)];
    const used = new Set(types.map(([, name]) => name ?? ""));
    // Members can be named, too: bytesize[start, int64].
    const members = new Set([...text.matchAll(/^\t(\w+)\t/gm)].map(([, name]) => name ?? ""));
    const unknown = [...used].filter(
      (name) => !defined.has(name) && !BUILT_IN.has(name) && !members.has(name),
    );
    expect(unknown).toEqual([]);
  });

  test("has the commands of the stage", () => {
    expect(text.includes("ioctl$HBF_IOC_STATS(")).toBe(stage !== "v1");
    expect(text.includes("\tdone_len\tint64\t(out)")).toBe(!["v1", "v2"].includes(stage));
  });
});
