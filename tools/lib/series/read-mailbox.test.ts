import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { makeUserTree, shell } from "../../../tests/support/fake-kernel.ts";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { openGit } from "../git/git.ts";
import { applySeries, type SeriesContext } from "./apply-series.ts";
import { openMailbox } from "./open-mailbox.ts";
import { readMailbox } from "./read-mailbox.ts";

const REF = "refs/rfckit/am/x";

interface Lab {
  readonly dir: string;
  readonly base: string;
  readonly root: string;
  readonly shared: SeriesContext;
  git(args: readonly string[], input?: string | Uint8Array): Promise<string>;
}

async function openLab(): Promise<Lab> {
  const root = await scratchDir();
  const tree = await makeUserTree(root);
  for (const name of ["format.signOff", "diff.noprefix", "diff.context", "format.subjectPrefix"]) {
    await shell(tree.dir, "git", ["config", "--unset", name]);
  }
  const signal = new AbortController().signal;
  const shared = { tree, tempRoot: join(root, "tmp"), signal };
  const git: Lab["git"] = (args, input) => shell(tree.dir, "git", args, input);
  return { root, dir: tree.dir, base: tree.base, shared, git };
}

/** Commits that change a few files, with the given messages. */
async function commitTopic(lab: Lab, messages: readonly string[]): Promise<void> {
  for (const [at, message] of messages.entries()) {
    await writeFile(join(lab.dir, "mm", `new${at}.c`), `int f${at};\n`);
    const long = await readFile(join(lab.dir, "mm", "long.c"), "utf8");
    await writeFile(join(lab.dir, "mm", "long.c"), long.replace(`line_${at * 5};`, `five_${at};`));
    await lab.git(["add", "-f", "-A"]);
    const author = ["--author", "Jörg Ü <j@example.org>", "--date", `${1_700_000_000 + at} -0330`];
    await lab.git(["commit", "-q", "--cleanup=verbatim", ...author, "-F", "-"], message);
  }
}

const WHAT = "--format=%T%n%an%n%ae%n%ad%n%B%x01";

/** What `git am` makes of the files on the base, in a worktree of its own. */
async function amResult(lab: Lab, files: readonly string[], more: string[] = []): Promise<string> {
  await lab.git(["checkout", "-q", "-f", "--detach", lab.base]);
  await lab.git(["am", "-q", ...more, ...files]);
  return await lab.git(["log", "--reverse", WHAT, `${lab.base}..HEAD`]);
}

/** What we make of them. */
async function ourResult(lab: Lab, paths: readonly string[], keepCr = false): Promise<string> {
  const box = await openMailbox({ ...lab.shared, paths, keepCr });
  await applySeries({ ...lab.shared, mails: box.folder, base: lab.base, ref: REF, nowS: 1 });
  return await lab.git(["log", "--reverse", WHAT, `${lab.base}..${REF}`]);
}

async function save(lab: Lab, name: string, text: string): Promise<string> {
  const path = join(lab.root, name);
  await writeFile(path, Buffer.from(text, "latin1"));
  return path;
}

const MESSAGES = [
  "mm: a first change\n\nText with - a dash.\n\nSigned-off-by: A <a@x>\n",
  "[tag] mm: ümläut in a subject that is long enough to be folded into two lines\n\n\n\nText.  \n",
  "mm: third\n",
];

test("a mailbox gives the commits that git am makes of it", async () => {
  const lab = await openLab();
  await commitTopic(lab, MESSAGES);
  const base = `--base=${lab.base}`;
  const range = [base, "--cover-letter", "--stdout", `${lab.base}..HEAD`];
  const text = await lab.git(["format-patch", "-v3", "--subject-prefix=RFC PATCH", ...range]);
  const cover = text.slice(0, text.indexOf("\nFrom ", 5) + 1);
  const box = await save(lab, "topic.mbox", text.slice(cover.length));
  const whole = await save(lab, "whole.mbox", text);
  const wanted = await amResult(lab, [box]);
  expect(wanted.split("\x01\n")).toHaveLength(4);
  expect(await ourResult(lab, [box])).toBe(wanted);
  expect(await ourResult(lab, [whole])).toBe(wanted);
  const { mails, ...found } = await openMailbox({ ...lab.shared, paths: [whole] });
  expect(found.base).toBe(lab.base);
  expect(mails.map(({ kind, part, version }) => [kind, part?.number, version])).toEqual([
    ["cover", 0, 3],
    ["patch", 1, 3],
    ["patch", 2, 3],
    ["patch", 3, 3],
  ]);
  expect(mails[1]?.series.firstLine).toBe(cover.split("\n").length);
  expect(mails[2]?.fullSubject).toMatch(/^\[RFC PATCH v3 2\/3\] \[tag\] mm: ümläut/);
  expect(mails[2]?.author).toBe("Jörg Ü");
});

test("single files, CRLF, and encoded mails are read as git am reads them", async () => {
  const lab = await openLab();
  await commitTopic(lab, MESSAGES);
  const out = join(lab.root, "out");
  await lab.git(["format-patch", "-q", "-o", out, `${lab.base}..HEAD`]);
  const files = (await readdir(out)).sort().map((name) => join(out, name));
  const wanted = await amResult(lab, files);
  expect(await ourResult(lab, files)).toBe(wanted);
  expect(await ourResult(lab, files.toReversed())).toBe(wanted);
  const encoded: string[] = [];
  for (const [at, file] of files.entries()) {
    const mail = await readFile(file, "latin1");
    const split = mail.indexOf("\n\n");
    const head = mail
      .slice(mail.indexOf("\n") + 1, split)
      .replace(/^(?:MIME|Content).*\n?/gm, "")
      .trimEnd();
    const body = Buffer.from(mail.slice(split + 2), "latin1").toString("base64");
    const lines = body.replace(/.{76}/g, "$&\r\n");
    const type = "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8";
    const text = `${head}\n${type}\nContent-Transfer-Encoding: base64\n\n${lines}\n`;
    encoded.push(await save(lab, `encoded-${at}.eml`, text.replace(/\r?\n/g, "\r\n")));
  }
  expect(await amResult(lab, encoded)).toBe(wanted);
  expect(await ourResult(lab, encoded)).toBe(wanted);
});

test("files with CR at their line ends need --keep-cr, as with git am", async () => {
  const lab = await openLab();
  await writeFile(join(lab.dir, "mm", "crlf.c"), "int a;\r\nint changed;\r\n");
  await lab.git(["commit", "-q", "-a", "-m", "mm: crlf"]);
  const box = await save(lab, "crlf.mbox", await lab.git(["format-patch", "--stdout", "-1"]));
  const wanted = await amResult(lab, [box], ["--keep-cr"]);
  expect(await ourResult(lab, [box], true)).toBe(wanted);
  await expect(ourResult(lab, [box])).rejects.toMatchObject({ code: "patch-does-not-apply" });
});

test("random messages are read as git am reads them", async () => {
  const lab = await openLab();
  const line = fc.constantFrom(
    "",
    "word",
    "-- ",
    "> ---",
    "From: x",
    "  indented",
    "ä",
    "--",
    ">-",
  );
  const subject = fc.constantFrom(
    "mm: x",
    "[a] [b] mm: y",
    "Re: mm: z",
    "mm:  two  spaces",
    "ä: b",
  );
  const body = fc.array(line, { maxLength: 6 }).map((lines) => ["text", ...lines].join("\n"));
  await fc.assert(
    fc.asyncProperty(subject, body, async (head, text) => {
      await lab.git(["checkout", "-q", "-f", "--detach", lab.base]);
      await commitTopic(lab, [`${head}\n\n${text}\n`]);
      const box = await save(lab, "x.mbox", await lab.git(["format-patch", "--stdout", "-1"]));
      const wanted = await amResult(lab, [box]);
      expect(await ourResult(lab, [box])).toBe(wanted);
    }),
    { numRuns: Number(process.env["RFCKIT_PROPERTY_RUNS"] ?? 4) },
  );
}, 600_000);

test("replies are left out, and a series has to be whole and of one version", async () => {
  const lab = await openLab();
  await commitTopic(lab, MESSAGES);
  const text = await lab.git(["format-patch", "--stdout", `${lab.base}..HEAD`]);
  const mails = text.split(/^(?=From [0-9a-f]{40} )/m);
  const [first = "", second = "", third = ""] = mails;
  const reply =
    "From x Mon Sep 17 00:00:00 2001\nFrom: R <r@x>\nDate: Sat, 22 Nov 2025 00:00:00 +0000\n" +
    "Subject: Re: [PATCH 1/3] mm: a first change\n\n> diff --git a/x b/x\n\nReviewed-by: R <r@x>\n\n";
  const read = async (parts: string[]): Promise<string[]> => {
    const path = await save(lab, "box.mbox", parts.join(""));
    const { folder } = await openMailbox({ ...lab.shared, paths: [path] });
    return folder.patches.map(({ name }) => name.slice(0, 4));
  };
  expect(await read([third, reply, first, second])).toEqual(["0001", "0002", "0003"]);
  const rejects = async (parts: string[], code: string, message: RegExp): Promise<void> => {
    const want = { kind: "user", code, message: expect.stringMatching(message) };
    await expect(read(parts)).rejects.toMatchObject(want);
  };
  await rejects([first, third], "series-incomplete", /lacks patch 2 of 3/);
  await rejects([first, second, second, third], "series-incomplete", /patch 2 of 3 twice/);
  await rejects([first, second, third.replace("[PATCH ", "[PATCH v2 ")], "series-mixed", /v2/);
  await rejects([reply], "series-empty", /no patches, only 1 other/);
});

test("what a mail would lose is told with its place", async () => {
  const lab = await openLab();
  const messages = ["mm: x\n\nText.\n---\nMore.\n\nSigned-off-by: A <a@x>\n"];
  await commitTopic(lab, [...messages, 'mm: y\n\ndiff -u shows it\n\nFixes: 1234 ("x")\n']);
  const text = await lab.git(["format-patch", "--stdout", `${lab.base}..HEAD`]);
  const path = await save(lab, "box.mbox", text);
  const { mails } = await openMailbox({ ...lab.shared, paths: [path] });
  const at = (line: string): number => text.split("\n").indexOf(line) + 1;
  expect(mails.flatMap(({ losses }) => losses)).toEqual([
    { place: `${path}:${at("---")}`, what: expect.stringContaining("'---' ends the message") },
    {
      place: `${path}:${at("Signed-off-by: A <a@x>")}`,
      what: expect.stringContaining("'Signed-off-by: A <a@x>' is lost"),
    },
    { place: `${path}:${at("diff -u shows it")}`, what: expect.stringContaining("'diff -u shows") },
    { place: `${path}:${at('Fixes: 1234 ("x")')}`, what: expect.stringContaining("is lost") },
  ]);
  // Git is the judge: its message ends where we say.
  expect(mails.map(({ message }) => message)).toEqual(["mm: x\n\nText.\n", "mm: y\n"]);
  const plain = await save(
    lab,
    "p.mbox",
    text.replace("---\nMore.\n\nSigned-off-by: A <a@x>\n", ""),
  );
  const notes = (await readFile(plain, "latin1")).replace("\n---\n", "\n---\nv2: note\n\n");
  const noted = await openMailbox({ ...lab.shared, paths: [await save(lab, "n.mbox", notes)] });
  expect(noted.mails[0]?.losses).toEqual([]);
});

test("mails that are no patches keep what they say", async () => {
  const lab = await openLab();
  const workDir = join(lab.root, "work");
  await mkdir(workDir);
  const id = "1234567890123456789012345678901234567890";
  const text =
    "From: A <a@x>\nDate: Sat, 22 Nov 2025 00:00:00 +0000\nMessage-ID: <a.b@c>\n" +
    `Subject: [PATCH 0/2] x\n\nText.\n\nbase-commit: ${id}\nprerequisite-patch-id: ${id}\n`;
  const sources = [{ path: "cover.eml", bytes: Buffer.from(text) }];
  const [mail] = await readMailbox({ git: openGit({ dir: lab.dir }), workDir, sources });
  expect(mail).toMatchObject({ kind: "cover", messageId: "a.b@c", baseCommit: id });
  expect(mail?.prerequisites).toEqual([id]);
});
