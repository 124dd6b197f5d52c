import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { gitIn, MY_EMAIL, makeRepo, type TestRepo } from "../../../tests/support/split-repo.ts";
import { readMails } from "../series/open-mailbox.ts";
import { type AddedTrailers, addTrailers } from "./add-trailers.ts";
import { appendTrailer, hasTrailer } from "./append-trailer.ts";

let repo: TestRepo | undefined;
afterEach(() => repo?.end());

/** Three commits on a base; the mailed series, with a thread of answers. */
function make(): TestRepo {
  const tree = (...names: string[]) =>
    Object.fromEntries(["x", ...names].map((name) => [name, ["100644", `${name}\n`] as const]));
  const signed = (what: string): string =>
    `mm: ${what}\n\nText.\n\nSigned-off-by: A <${MY_EMAIL}>\n`;
  repo = makeRepo([
    { tree: tree() },
    { tree: tree("a"), message: signed("a") },
    { tree: tree("a", "b"), message: "mm: b \xe4\n", encoding: "ISO-8859-1" },
    { tree: tree("a", "b", "c"), message: signed("c") },
  ]);
  gitIn(repo.dir, ["reset", "-q", "--hard"]);
  gitIn(repo.dir, [
    "-c",
    "user.name=n",
    "-c",
    "user.email=n@x",
    "notes",
    "add",
    "-m",
    "kept",
    "main~2",
  ]);
  return repo;
}

function mailbox(on: TestRepo): string {
  const args = ["format-patch", "--stdout", "--cover-letter", "--thread", "main~3..main"];
  const identity = ["-c", "user.name=A", "-c", `user.email=${MY_EMAIL}`];
  return `${gitIn(on.dir, [...identity, ...args])}\n\n`;
}

const idsOf = (box: string): string[] =>
  [...box.matchAll(/^Message-Id: <(.*)>$/gim)].map(([, id = ""]) => id);

const reply = (to: string | undefined, from: string, body: string): string =>
  `From x Mon Sep 17 00:00:00 2001\nFrom: ${from}\nDate: Sat, 22 Nov 2025 00:00:00 +0000\n` +
  `Message-ID: <${Buffer.from(`${to}${body}`).toString("hex")}@r>\n` +
  `Subject: Re: [PATCH] mm\n${to === undefined ? "" : `In-Reply-To: <${to}>\n`}\n${body}\n\n`;

async function add(on: TestRepo, box: string, dryRun = false): Promise<AddedTrailers> {
  const file = join(await scratchDir(), "box");
  await writeFile(file, Buffer.from(box, "latin1"));
  const shared = {
    tree: { dir: on.dir, gitDir: join(on.dir, ".git"), own: true },
    tempRoot: join(on.dir, ".git", "tmp"),
    signal: new AbortController().signal,
  };
  return await addTrailers({
    ...shared,
    base: gitIn(on.dir, ["rev-parse", "main~3"]),
    tip: gitIn(on.dir, ["rev-parse", "main"]),
    source: "refs/heads/main",
    mails: await readMails({ ...shared, paths: [file] }),
    ownEmails: [MY_EMAIL],
    nowS: 1_700_000_100,
    dryRun,
  });
}

const bodies = (on: TestRepo): string[] =>
  gitIn(on.dir, ["log", "--reverse", "--format=%b%x01", "main~3..main"]).split("\x01");

test("tags go to the commits whose patch they were given to, and nothing else changes", async () => {
  const on = make();
  const box = mailbox(on);
  const [cover, first, , third] = idsOf(box);
  const before = gitIn(on.dir, ["log", "--format=%T %an %ae %ad %cn %cd %e", "main"]);
  const answers = [
    reply(first, "R <r@x>", "Nice.\n\nReviewed-by: R <r@x>\n> Acked-by: Q <q@x>"),
    reply(third, "T <t@x>", "tested-by: T <t@x> # arm64"),
    reply(cover, "C <c@x>", "Acked-by: C <c@x>\nSigned-off-by: C <c@x>"),
  ].join("");
  const dry = await add(on, box + answers, true);
  expect(dry.taken).toHaveLength(5);
  expect(dry.changes).toHaveLength(2);
  const old = gitIn(on.dir, ["rev-parse", "main"]);
  const done = await add(on, box + answers);
  expect(done).toMatchObject({ left: [], changes: dry.changes });
  expect(bodies(on)[0]).toContain(
    `Signed-off-by: A <${MY_EMAIL}>\nReviewed-by: R <r@x>\nAcked-by: C <c@x>\n`,
  );
  expect(bodies(on)[1]).toBe("\nAcked-by: C <c@x>\n");
  expect(bodies(on)[2]).toContain("\nTested-by: T <t@x> # arm64\nAcked-by: C <c@x>\n");
  expect(gitIn(on.dir, ["log", "--format=%T %an %ae %ad %cn %cd %e", "main"])).toBe(before);
  expect(gitIn(on.dir, ["notes", "show", "main~2"])).toBe("kept");
  expect(gitIn(on.dir, ["status", "--porcelain"])).toBe("");
  expect(gitIn(on.dir, ["rev-parse", "refs/rfckit/op/log^2"])).toBe(old);
  expect(await add(on, box + answers)).toMatchObject({ taken: [], changes: [] });
});

test("what fits no commit is reported with its place, and why", async () => {
  const on = make();
  const box = mailbox(on);
  const [, first, second] = idsOf(box);
  const changed = box.replace("+b", "+other");
  const answers = [
    reply(second, "R <r@x>", "Reviewed-by: R <r@x>"),
    reply(first, "R <r@x>", "Reviewed-by: Somebody Else <s@x>"),
    reply("unknown@x", "R <r@x>", "Acked-by: R <r@x>"),
    reply(undefined, "R <r@x>", "Acked-by: R <r@x>"),
  ].join("");
  const done = await add(on, changed + answers);
  expect(done).toMatchObject({ taken: [], changes: [] });
  expect(done.left.map(({ why }) => why).sort()).toEqual([
    "'R <r@x>' wrote it",
    expect.stringMatching(/no commit has the patch-id of '\[PATCH 2\/3\] mm: b/),
    "the mail answers no patch of this mailbox",
    "the mail answers no patch of this mailbox",
  ]);
  const lines = (changed + answers).split("\n");
  for (const { place, text } of done.left) {
    expect(lines[Number(/:(\d+)$/.exec(place)?.[1]) - 1]).toBe(text);
  }
});

test("tags that stand in the mail of a patch count for it, as patchwork adds them", async () => {
  const on = make();
  const box = mailbox(on).replace(/(\nSigned-off-by: A .*\n)(---\n)/, "$1Acked-by: P <p@x>\n$2");
  expect((await add(on, box)).taken).toMatchObject([{ text: "Acked-by: P <p@x>" }]);
});

test("a tag joins a block of tags, or begins one", () => {
  const tag = "Acked-by: A <a@x>";
  expect(appendTrailer("mm: x\n", tag)).toBe(`mm: x\n\n${tag}\n`);
  expect(appendTrailer("mm: x\n\nText: yes\nno.\n", tag)).toBe(
    `mm: x\n\nText: yes\nno.\n\n${tag}\n`,
  );
  expect(appendTrailer("mm: x\n\nFixes: 1\n", tag)).toBe(`mm: x\n\nFixes: 1\n${tag}\n`);
  expect(hasTrailer(`x\n\nacked-By:  A <a@x>\n`, tag)).toBe(true);
});
