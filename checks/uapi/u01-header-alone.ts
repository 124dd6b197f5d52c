import { targetsOf } from "../../tools/lib/uapi/header-compiler.ts";
import { lineOfSource } from "../static/changed-sources.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";
import { headerChanges, headersAtTip } from "./uapi-headers.ts";

/** A header for user space compiles as C90, alone, and included twice. */
export const u01HeaderAlone = defineTextRule({
  id: "u01-header-alone",
  title: "a changed UAPI header compiles alone, as C90 and included twice",
  why: "programs include it first, after others, or in old C, and never the kernel's own types",
  source: "usr/include/Makefile",
  fix: "include what the header needs, and use __u32 and /* */",
  bad: "u32 size;",
  good: "#include <linux/types.h> and __u32 size;",
  cost: "seconds",
  facts: async ({ keys }) => [await keys.build()],
  async inSeries(context) {
    const found: SightingIn[] = [];
    for (const { path } of await headersAtTip(context)) {
      const mail = headerChanges(context).findLast(({ file }) => file.path === path)?.mail;
      if (mail === undefined) continue;
      const [target = "x86-64"] = targetsOf(path);
      for (const error of await context.effects.headers.alone(path, target)) {
        const [, where = "", line = "0"] = /^(\S+?):(\d+):/.exec(error) ?? [];
        const row = where === path ? Number(line) : 0;
        found.push({ mail, line: lineOfSource(mail, path, row), what: error });
      }
    }
    return found;
  },
});
