import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { makeUserTree, shell } from "../../../tests/support/fake-kernel.ts";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { applySeries } from "./apply-series.ts";
import { exportSeries } from "./export-series.ts";
import { commitExtraPatches } from "./extra-patches.ts";
import { roundTrip } from "./round-trip.ts";
import { readSeriesStatus } from "./series-status.ts";
import { readUserIdentity } from "./sign-off.ts";

const REF = "refs/rfckit/demo/v1";
const STAGE = { folder: "v1", version: 1, prefix: "RFC PATCH" };

interface Lab {
  readonly tree: Awaited<ReturnType<typeof makeUserTree>>;
  readonly base: string;
  readonly dir: string;
  readonly shared: Pick<Parameters<typeof applySeries>[0], "tree" | "tempRoot" | "signal" | "nowS">;
}

/** A user's tree, a folder for mails, a directory for temporary files. */
async function openLab(): Promise<Lab> {
  const root = await scratchDir();
  const tree = await makeUserTree(root);
  const dir = join(root, "patches", "v1");
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, "cover-letter.txt"), "mm: a cover\n\nWhy.\n");
  const signal = new AbortController().signal;
  const shared = { tree, tempRoot: join(root, "tmp"), signal, nowS: 1_700_000_000 };
  return { tree, base: tree.base, dir, shared };
}

/** Commits all changes of the worktree with a message of raw bytes. */
async function commitAll(lab: Lab, message: string | Uint8Array, more: string[] = []) {
  await shell(lab.tree.dir, "git", ["add", "-f", "-A"]);
  const args = ["commit", "-q", "--allow-empty", "--cleanup=verbatim", "-F", "-", ...more];
  await shell(lab.tree.dir, "git", args, message);
  return (await shell(lab.tree.dir, "git", ["rev-parse", "HEAD"])).trim();
}

const write = (lab: Lab, name: string, content: string | Uint8Array): Promise<void> =>
  writeFile(join(lab.tree.dir, name), content);

const exported = (lab: Lab, tip = "HEAD", dir = lab.dir) =>
  exportSeries({ ...lab.shared, dir, coverDir: lab.dir, stage: STAGE, base: lab.base, tip });

const applied = (lab: Lab) =>
  applySeries({ ...lab.shared, mails: lab.dir, base: lab.base, ref: REF });

const trees = async (lab: Lab, range: string): Promise<string> =>
  await shell(lab.tree.dir, "git", ["log", "--format=%T %an %ae %ad", range]);

/** All that must stay as it is: worktree, index, refs but our own, HEAD, configuration. */
async function fingerprint(lab: Lab): Promise<string> {
  const files = await shell(lab.tree.dir, "sh", [
    "-c",
    "find . -path ./.git -prune -o -type f -print0 | sort -z | xargs -0 sha256sum",
  ]);
  const refs = await shell(lab.tree.dir, "git", ["for-each-ref"]);
  const state = await Promise.all(
    ["index", "HEAD", "config"].map((name) => readFile(join(lab.tree.gitDir, name))),
  );
  const kept = refs.split("\n").filter((line) => !line.includes("refs/rfckit/"));
  const hash = createHash("sha256").update(files).update(kept.join("\n"));
  for (const bytes of state) hash.update(bytes);
  return hash.digest("hex");
}

/** Three commits with all that a mail can get wrong. */
async function makeDifficultCommits(lab: Lab): Promise<void> {
  await write(lab, "mm/crlf.c", "int a;\r\nint changed;\r\n");
  await write(lab, "mm/no-newline.c", "int c; int d;");
  await write(lab, "mm/latin1.c", new Uint8Array([0x2f, 0x2f, 0x20, 0xe4, 0xdf, 0x0a, 0xff]));
  await write(lab, "mm/bin", new Uint8Array([0, 255, 10, 13, 0, 1]));
  await commitAll(lab, "mm: bytes of all sorts\n\n-- \nnot a signature\n");
  await shell(lab.tree.dir, "git", ["mv", "mm/long.c", "mm/renamed file.c"]);
  await shell(lab.tree.dir, "chmod", ["+x", "Makefile"]);
  await rm(join(lab.tree.dir, "mm", "empty.c"));
  await rm(join(lab.tree.dir, "mm", "link"));
  await symlink("crlf.c", join(lab.tree.dir, "mm", "link"));
  const author = ["--author", "Jörg Ü <j@example.org>", "--date", "1700000000 -0330"];
  await commitAll(lab, "[tag] mm: ümläut in a subject that is long enough to be folded\n", author);
  await write(lab, "mm/uml\u00e4ut.c", "int u;\n");
  const latin1 = Buffer.from("mm: caf\u00e9\n\nna\u00efve\n", "latin1");
  await shell(lab.tree.dir, "git", ["config", "i18n.commitEncoding", "ISO-8859-1"]);
  await commitAll(lab, latin1);
}

test("difficult commits come back with their trees, authors and dates", async () => {
  const lab = await openLab();
  await makeDifficultCommits(lab);
  const before = await fingerprint(lab);
  expect((await exported(lab)).written).toHaveLength(4);
  const { tip, commits } = await applied(lab);
  expect(commits).toHaveLength(3);
  expect(await trees(lab, `${lab.base}..${tip}`)).toBe(await trees(lab, `${lab.base}..HEAD`));
  expect(await fingerprint(lab)).toBe(before);
  const subjects = await shell(lab.tree.dir, "git", [
    "log",
    "--encoding=UTF-8",
    "--format=%s",
    `${lab.base}..${REF}`,
  ]);
  expect(Buffer.from(subjects, "latin1").toString()).toContain("[tag] mm: ümläut in a subject");
  expect(await shell(lab.tree.dir, "git", ["fsck", "--no-dangling"])).toBe("");
});

test("export is the same bytes twice, from the applied commits, and in another clone", async () => {
  const lab = await openLab();
  await makeDifficultCommits(lab);
  await exported(lab);
  expect(await exported(lab)).toMatchObject({ written: [], removed: [] });
  await applied(lab);
  expect(await exported(lab, REF)).toMatchObject({ written: [], removed: [] });
  const other = await openLab();
  await shell(other.tree.dir, "git", ["fetch", "-q", lab.tree.dir, `HEAD:${REF}`, lab.base]);
  await exportSeries({ ...other.shared, dir: other.dir, stage: STAGE, base: lab.base, tip: REF });
  expect(await shell("/", "diff", ["-r", lab.dir, other.dir])).toBe("");
  const round = { ...lab.shared, dir: lab.dir, stage: STAGE, base: lab.base };
  expect(await roundTrip(round)).toEqual({ count: 4, differences: [] });
});

test("random commits survive the round trip", async () => {
  const lab = await openLab();
  const name = fc.constantFrom("mm/a.c", "mm/b.c", "mm/long.c", "mm/crlf.c", "new.c");
  const piece = fc.constantFrom(
    "x\n",
    "y\r\n",
    "\n",
    "- \n",
    "-- \n",
    "@@ -1 +1 @@\n",
    "\xe4",
    "\t\n",
  );
  const content = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(""));
  const word = fc.string({ unit: fc.constantFrom("a", "Z", "0", "ä", "-", "."), minLength: 1 });
  const line = fc.array(word, { minLength: 1, maxLength: 5 }).map((all) => `w${all.join(" ")}`);
  const message = fc.tuple(line, fc.array(line, { maxLength: 4 })).map(([head, body]) => {
    return `${head}\n\n${body.join("\n")}`;
  });
  const commit = fc.record({ edits: fc.dictionary(name, content, { minKeys: 1 }), message });
  await fc.assert(
    fc.asyncProperty(fc.array(commit, { minLength: 1, maxLength: 3 }), async (commits) => {
      await shell(lab.tree.dir, "git", ["reset", "-q", "--hard", lab.base]);
      for (const [at, { edits, message }] of commits.entries()) {
        await write(lab, "counter", String(at));
        for (const [file, text] of Object.entries(edits)) {
          await write(lab, file, Buffer.from(text, "latin1"));
        }
        await commitAll(lab, message);
      }
      await exported(lab);
      const { tip } = await applied(lab);
      expect(await trees(lab, `${lab.base}..${tip}`)).toBe(await trees(lab, `${lab.base}..HEAD`));
      expect((await exported(lab, REF)).written).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

test("a message line that ends the log is found by the round trip", async () => {
  const lab = await openLab();
  await write(lab, "mm/a.c", "int a;\n");
  await commitAll(lab, "mm: a\n\nText.\n---\nlost\n");
  await exported(lab);
  const round = await roundTrip({ ...lab.shared, dir: lab.dir, stage: STAGE, base: lab.base });
  expect(round.differences).toEqual([
    { name: "0001-mm-a.patch", kind: "differs", first: expect.anything() },
  ]);
});

test("a stale mail is removed, the cover text stays, other files stay", async () => {
  const lab = await openLab();
  await writeFile(join(lab.dir, "plan.yaml"), "kept\n");
  await writeFile(join(lab.dir, "0007-stale.patch"), "stale\n");
  await write(lab, "mm/a.c", "int a;\n");
  await commitAll(lab, "mm: a\n");
  expect(await exported(lab)).toMatchObject({ removed: ["0007-stale.patch"] });
  const names = ["0000-cover-letter.patch", "0001-mm-a.patch", "cover-letter.txt", "plan.yaml"];
  expect((await readdir(lab.dir)).sort()).toEqual(names);
  expect(await readdir(join(lab.dir, ".."))).toEqual(["v1"]);
});

test("a patch that does not apply names patch, file and hunk, and moves nothing", async () => {
  const lab = await openLab();
  const text = await readFile(join(lab.tree.dir, "mm", "long.c"), "utf8");
  const changed = text.replace("line_5;", "five;").replace("line_50;", "fifty;");
  await write(lab, "mm/long.c", changed);
  await commitAll(lab, "mm: change two places\n");
  await exported(lab);
  await applied(lab);
  const before = await shell(lab.tree.dir, "git", ["rev-parse", REF]);
  const path = join(lab.dir, "0001-mm-change-two-places.patch");
  const mail = await readFile(path, "utf8");
  await writeFile(path, mail.replace(" int line_49;", " int other;"));
  await expect(applied(lab)).rejects.toMatchObject({
    kind: "user",
    code: "patch-does-not-apply",
    message: expect.stringMatching(/0001-mm-change.*'mm\/long\.c', hunk 2 of 2 \(0001-.*:\d+\)/),
  });
  expect(await shell(lab.tree.dir, "git", ["rev-parse", REF])).toBe(before);
  expect(await readdir(lab.shared.tempRoot)).not.toContainEqual(expect.stringMatching(/^\.tmp/));
});

test.each([
  ["absolute paths", "/etc/passwd"],
  ["paths that go up", "../../outside"],
  ["paths into .git", ".git/hooks/post-checkout"],
])("%s in a patch are refused", async (_, target) => {
  const lab = await openLab();
  await write(lab, "target", "int a;\n");
  await commitAll(lab, "mm: a\n");
  await exported(lab);
  const path = join(lab.dir, "0001-mm-a.patch");
  const mail = await readFile(path, "utf8");
  await writeFile(path, mail.replaceAll("b/target", `b/${target}`).replaceAll("a/target", target));
  await expect(applied(lab)).rejects.toMatchObject({ kind: "user" });
});

test("a folder that is missing, empty, short of a patch or damaged is refused", async () => {
  const lab = await openLab();
  await expect(applied(lab)).rejects.toMatchObject({ code: "series-empty" });
  await expect(
    applySeries({ ...lab.shared, mails: join(lab.dir, "no"), base: lab.base, ref: REF }),
  ).rejects.toMatchObject({ code: "series-folder-missing" });
  await makeDifficultCommits(lab);
  await exported(lab);
  const second = (await readdir(lab.dir)).find((name) => name.startsWith("0002")) ?? "";
  await copyFile(join(lab.dir, second), join(lab.dir, "kept"));
  await rm(join(lab.dir, second));
  await expect(applied(lab)).rejects.toMatchObject({
    code: "series-incomplete",
    message: expect.stringContaining("lacks patch 2 of 3"),
  });
  await writeFile(join(lab.dir, second), "\x00garbage");
  await expect(applied(lab)).rejects.toMatchObject({
    code: "patch-broken",
    message: expect.stringContaining(`${second}:1:`),
  });
});

test("empty ranges, merges and commits off the base are refused", async () => {
  const lab = await openLab();
  await expect(exported(lab)).rejects.toMatchObject({ code: "series-empty" });
  await expect(exported(lab, "no-such")).rejects.toMatchObject({ code: "unknown-commit" });
  const tree = (await shell(lab.tree.dir, "git", ["write-tree"])).trim();
  const orphan = await shell(lab.tree.dir, "git", ["commit-tree", tree, "-m", "orphan"]);
  await expect(exported(lab, orphan.trim())).rejects.toMatchObject({ code: "series-off-base" });
  const parents = ["-p", lab.base, "-p", orphan.trim()];
  const merge = await shell(lab.tree.dir, "git", ["commit-tree", tree, "-m", "m", ...parents]);
  await expect(exported(lab, merge.trim())).rejects.toMatchObject({ code: "series-has-merges" });
});

test("sign-off comes only when asked, and then replaces the placeholder", async () => {
  const lab = await openLab();
  await write(lab, "mm/a.c", "int a;\n");
  await commitAll(lab, "mm: a\n", ["--author", "Draft <draft@rfckit.invalid>"]);
  await exported(lab);
  const mail = join(lab.dir, "0001-mm-a.patch");
  expect(await readFile(mail, "utf8")).not.toContain("Signed-off-by");
  const signOff = await readUserIdentity(lab.tree.dir, lab.shared.signal);
  const request = { ...lab.shared, dir: lab.dir, stage: STAGE, base: lab.base, tip: "HEAD" };
  await exportSeries({ ...request, signOff });
  const signed = await readFile(mail, "utf8");
  expect(signed).toContain("From: A User <user@example.org>\n");
  expect(signed).toContain("\nSigned-off-by: A User <user@example.org>\n---\n");
  expect(signed).not.toContain("rfckit.invalid");
  expect(await exportSeries({ ...request, signOff })).toMatchObject({ written: [], removed: [] });
});

test("dry runs change nothing and print the commands", async () => {
  const lab = await openLab();
  await write(lab, "mm/a.c", "int a;\n");
  await commitAll(lab, "mm: a\n");
  const commands: string[] = [];
  const onCommand = (command: string): number => commands.push(command);
  const shared = { ...lab.shared, dir: lab.dir, base: lab.base, dryRun: true, onCommand };
  const dry = await exportSeries({ ...shared, stage: STAGE, tip: "HEAD" });
  expect(dry.written).toEqual(["0000-cover-letter.patch", "0001-mm-a.patch"]);
  expect(await readdir(lab.dir)).toEqual(["cover-letter.txt"]);
  expect(commands.at(-1)).toContain("format-patch");
  await exported(lab);
  const { tip } = await applySeries({ ...shared, mails: lab.dir, ref: REF });
  expect(await shell(lab.tree.dir, "git", ["for-each-ref", "refs/rfckit"])).toBe("");
  expect((await applied(lab)).tip).toBe(tip);
});

test("status tells commits and mails that differ", async () => {
  const lab = await openLab();
  await write(lab, "mm/a.c", "int a;\n");
  await commitAll(lab, "mm: a\n");
  await exported(lab);
  const request = { ...lab.shared, dir: lab.dir, stage: STAGE, base: lab.base, ref: REF };
  expect(await readSeriesStatus(request)).toMatchObject({ tip: undefined, folder: undefined });
  await applied(lab);
  expect(await readSeriesStatus(request)).toMatchObject({
    commits: 1,
    inProgress: undefined,
    folder: { written: [], removed: [] },
  });
  await writeFile(join(lab.dir, "0001-mm-a.patch"), "other");
  await writeFile(join(lab.tree.gitDir, "MERGE_HEAD"), "");
  expect(await readSeriesStatus(request)).toMatchObject({
    folder: { written: ["0001-mm-a.patch"] },
    inProgress: "merge",
  });
});

test("an extra patch gives the same commit each time, named by no ref", async () => {
  const lab = await openLab();
  await write(lab, "mm/long.c", "int other;\n");
  const file = join(lab.dir, "extra.diff");
  await writeFile(
    file,
    await shell(lab.tree.dir, "git", ["diff", "--src-prefix=a/", "--dst-prefix=b/"]),
  );
  const request = { ...lab.shared, onto: lab.base, files: [file] };
  const commit = await commitExtraPatches(request);
  expect(await commitExtraPatches(request)).toBe(commit);
  expect(await shell(lab.tree.dir, "git", ["show", `${commit}:mm/long.c`])).toBe("int other;\n");
  expect(await commitExtraPatches({ ...request, files: [] })).toBe(lab.base);
  await expect(commitExtraPatches({ ...request, onto: commit })).rejects.toMatchObject({
    code: "patch-does-not-apply",
  });
});
