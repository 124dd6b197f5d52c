import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CHECKS } from "../checks/registry.ts";
import { loadSeriesConfig } from "../tools/lib/config/load-series-config.ts";
import { readStage } from "./support/shipped-series.ts";

const ROOT = resolve(import.meta.dirname, "..");
const TEXT_CHECKS = CHECKS.filter(({ cost }) => cost === "instant");

/** v0 is the prototype that v1 was split from; it is no series. */
const STAGES = ["v1", "v2", "v3"];

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "mailinfo-"));
});
afterAll(() => rm(dir, { recursive: true }));

/** What a person has to state of an unsigned series, and of one that has never been posted. */
const UNSIGNED = ["m01-author-sign-off", "m02-submitter-signs-last", "m05-no-machine-sign-off"];
const UNPOSTED = ["s18-link-to-last-version", "r05-commenters-in-cc", ...UNSIGNED];
const ATTESTED: Readonly<Record<string, readonly string[]>> = {
  v1: UNSIGNED,
  v2: UNPOSTED,
  v3: UNPOSTED,
};

/** Findings that patches/series.yaml waives, or that the next export of a stage has to mend. */
const OPEN: Readonly<Record<string, readonly string[]>> = {
  v1: [],
  v2: [],
  v3: ["s03-at-most-15-patches 0016-selftests-mm-let-hbf_ctl-pass-with-a-backend-too.patch:4"],
};

describe.each(STAGES)("stage %s", (stage) => {
  test("passes every check of texts, but for what is known to be open", async () => {
    const context = await readStage(stage, dir);
    const found: string[] = [];
    const verdicts = new Map<string, string[]>();
    for (const { id, run } of TEXT_CHECKS) {
      const { verdict, diagnostics } = await run(context);
      verdicts.set(verdict.kind, [...(verdicts.get(verdict.kind) ?? []), id]);
      found.push(...diagnostics.map(({ place }) => `${id} ${place?.file}:${place?.line}`));
    }
    expect(found).toEqual(OPEN[stage]);
    const failing = (OPEN[stage] ?? []).map((line) => line.split(" ")[0]);
    expect(verdicts.get("fail") ?? []).toEqual(failing);
    expect(verdicts.get("attest")?.sort()).toEqual([...(ATTESTED[stage] ?? [])].sort());
    expect([...verdicts.keys()].filter((kind) => !/pass|fail|attest/.test(kind))).toEqual([]);
  });
});

test("every stage of the configuration but the prototype is judged", async () => {
  const { stages } = await loadSeriesConfig(ROOT);
  expect(Object.keys(stages).filter((name) => name !== "v0")).toEqual(STAGES);
});

/** Defects put into the shipped v1: number of the mail, what is replaced, by what, who finds it. */
const DEFECTS: readonly (readonly [number, string, string, string])[] = [
  [0, "base-commit: cecd", "base-commit: dead", "s07-base-commit"],
  [0, "Open questions\n====", "*** BLURB HERE ***\n====", "s12-cover-letter"],
  [2, "RFC PATCH 2/9] uapi:", "RFC PATCH 3/9] uapi:", "s14-subject-brackets"],
  [3, "] mm: hbf: add the device", "] fixup! mm: hbf: add the device", "s05-no-fixup-commits"],
  [
    4,
    "mm: hbf: check what a hint asks for",
    "mm: hbf: checks what a hint asks",
    "m17-imperative-subject",
  ],
  [5, "] mm: hbf: check", "] Check", "m16-subject-prefix"],
  [6, "The lock is taken killable", "This patch takes the lock killable", "m17-imperative-subject"],
  [
    7,
    "on a 32-bit\nkernel.",
    "on a 32-bit\nkernel. And this goes on and on, well beyond the width of the window of a terminal",
    "m18-body-wrapped",
  ],
  [8, "Walk the table", "BUG=b:1 Walk the table", "m20-no-private-tags"],
  [4, "checked, so it replaces the\nsecond.", "checked.\ndiff -u a b", "m21-no-diff-in-message"],
  [6, "Scan the VMAs", "Changes in v2:\nScan the VMAs", "m19-no-history-in-message"],
  [2, " WITH Linux-syscall-note */", " */", "l02-uapi-syscall-note"],
  [3, "+// SPDX-License-Identifier: GPL-2.0-only", "+// SPDX: GPL-2.0-only", "l01-spdx-first-line"],
  [3, "\t.unlocked_ioctl\t= hbf_ioctl,", "\t.unlocked_ioctl\t= hbf_ioctl, ", "l07-whitespace"],
  [3, "+\t.compat_ioctl\t= compat_ptr_ioctl,", "+\t.llseek\t\t= no_llseek,", "u08-compat-ioctl"],
  [2, "+\t__u64 start;", "+\tunsigned long start;", "u02-fixed-width-types"],
  [2, "+\t__u32 pad0;", "+\t__u16 pad0;", "u04-no-hidden-padding"],
  [2, "1, struct hbf_hint)", "1, sizeof(struct hbf_hint))", "u05-ioctl-macros"],
  [2, "+0xBB  00-0F", "+0xBC  00-0F", "u06-ioctl-number-registered"],
  [2, "_IOWR(HBF_IOC_MAGIC, 1,", "_IOWR(HBF_IOC_MAGIC, 0,", "u07-ioctl-numbers-unique"],
  [
    3,
    '+\tbool "HBF placement hints (RFC)"',
    '+\tbool "HBF placement hints (RFC)"\n+\tdefault y',
    "k02-default-off",
  ],
  [8, '+CATEGORY="hbf" run_test ./hbf_ctl', '+CATEGORY="hbf" run_test ./hbf', "f02-selftest-wired"],
  [1, ".. SPDX-License-Identifier", ".. Licence", "d10-rst-form"],
  [9, "Date: Sat", "To: stable@vger.kernel.org\nDate: Sat", "r06-not-to-everybody"],
  [9, "new file mode 100644", "new file mode 100755", "l06-file-modes"],
];

test.each(DEFECTS)("in mail %i, %j as %j is found by %s", async (mail, from, to, id) => {
  let applied = false;
  const context = await readStage("v1", dir, (name, text) => {
    if (Number(name.slice(0, 4)) !== mail) return text;
    applied = text.includes(from);
    const added = to.split("\n").length - from.split("\n").length;
    // A line more in a hunk is a line more in its header.
    const grown = text.replace("@@ -1342,6 +1342,20 @@", `@@ -1342,6 +1342,${20 + added} @@`);
    return (to.startsWith("+") ? grown : text).replace(from, to);
  });
  expect(applied).toBe(true);
  const check = TEXT_CHECKS.find((one) => one.id === id);
  const found = await check?.run(context);
  expect(found?.verdict.kind).toBe("fail");
  const files = found?.diagnostics.map(({ place }) => Number(place?.file?.slice(0, 4)));
  expect(files?.includes(mail)).toBe(true);
});
