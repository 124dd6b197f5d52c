import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeUserTree, shell } from "../../../tests/support/fake-kernel.ts";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { exportSeries } from "./export-series.ts";
import { formatAddress } from "./mail-address.ts";
import { parseRoles } from "./recipients.ts";
import { roundTrip } from "./round-trip.ts";

const STAGE = { folder: "v1", version: 1, prefix: "RFC PATCH" };

/** Says what the real one would, and proves what it was given. */
const SCRIPT = `
open(my $in, '<', $ARGV[-1]) or die;
my $diff = join('', <$in>);
die "no history" unless "@ARGV" =~ /--nogit .*--nogit-fallback/;
die "not at the top" unless -f "MAINTAINERS" && -d "arch" && -f "Kbuild" && -f ".mailmap";
print STDOUT "Liam R. H\\xc3\\xb6 <l\\@example.org> (maintainer:MEMORY (HOT) THINGS)\\n" if $diff =~ /mm/;
print STDOUT "Liam \\"R.\\" H <r\\@example.org> (reviewer:X)\\n";
print STDOUT "mm\\@example.org (open list:X)\\n";
print STDOUT "mod\\@example.org (moderated list:X)\\n";
`;

async function openLab(withScript: boolean) {
  const root = await scratchDir();
  const tree = await makeUserTree(root);
  const git = (...args: string[]): Promise<string> => shell(tree.dir, "git", args);
  if (withScript) {
    await writeFile(join(tree.dir, "scripts", "get_maintainer.pl"), SCRIPT);
    await writeFile(join(tree.dir, "MAINTAINERS"), "ABI/API\nL:\tlinux-api@example.org\n");
    await writeFile(join(tree.dir, ".mailmap"), "");
    await git("add", "-A");
    await git("commit", "-q", "-m", "scripts");
  }
  const base = (await git("rev-parse", "HEAD")).trim();
  const dir = join(root, "v1");
  await mkdir(dir);
  await writeFile(join(dir, "cover-letter.txt"), "mm: a cover\n\nWhy.\n");
  const change = async (path: string): Promise<void> => {
    await mkdir(join(tree.dir, path, ".."), { recursive: true });
    await writeFile(join(tree.dir, path), "int a;\n");
    await git("add", "-f", "-A");
    await git("commit", "-q", "-m", `mm: add ${path}`);
  };
  const recipients = {
    to: ["Extra <e@example.org>"],
    cc: ["MM <MM@example.org>", "x@example.org"],
  };
  const shared = { tree, tempRoot: join(root, "tmp"), signal: new AbortController().signal };
  const request = { ...shared, stage: STAGE, dir, base, tip: "HEAD", recipients };
  const cover = async (): Promise<string> => {
    await exportSeries(request);
    return await readFile(join(dir, "0000-cover-letter.patch"), "utf8");
  };
  return { change, cover, request, dir, git };
}

test("the cover letter names whom get_maintainer.pl names, with linux-api for UAPI", async () => {
  const lab = await openLab(true);
  await lab.change("mm/a.c");
  expect(await lab.cover()).toContain(
    "\nTo: =?UTF-8?q?Liam_R=2E_H=C3=B6?= <l@example.org>,\n    Extra <e@example.org>\n" +
      'Cc: "Liam \\"R.\\" H" <r@example.org>,\n    mm@example.org,\n    mod@example.org,\n' +
      "    x@example.org\n\n",
  );
  await lab.change("include/uapi/linux/a.h");
  expect(await lab.cover()).toContain("mod@example.org,\n    linux-api@example.org,\n");
  expect(await roundTrip(lab.request)).toMatchObject({ differences: [] });
  expect((await roundTrip({ ...lab.request, recipients: undefined })).differences).toHaveLength(1);
});

test("a tree without get_maintainer.pl gives the addresses of the configuration alone", async () => {
  const lab = await openLab(false);
  await lab.change("mm/a.c");
  const cover = await lab.cover();
  expect(cover).toContain("\nTo: Extra <e@example.org>\nCc: MM <MM@example.org>,\n    x@");
});

test("a script that fails is an error of the machine, not an empty list", async () => {
  const lab = await openLab(true);
  await lab.change("mm/a.c");
  await lab.git("rm", "-q", "-f", ".mailmap");
  await lab.git("commit", "-q", "-m", "no mailmap");
  const base = (await lab.git("rev-parse", "HEAD")).trim();
  await lab.change("mm/b.c");
  const failed = exportSeries({ ...lab.request, base });
  await expect(failed).rejects.toMatchObject({ kind: "infra", code: "get-maintainer-failed" });
});

test("roles and addresses are read and written as mail programs want them", () => {
  const text =
    "A <a@x> (supporter:B (C) D)\nl@x (open list)\nnoise\nS <s@x> (commit_signer:1/2=50%)";
  expect(parseRoles(text)).toEqual({ to: ["A <a@x>"], cc: ["l@x", "S <s@x>"] });
  expect(formatAddress('"A. B" <a@x>')).toBe('"A. B" <a@x>');
  expect(formatAddress(" a@x ")).toBe("a@x");
  expect(formatAddress("O'Neil-Smith <a@x>")).toBe("O'Neil-Smith <a@x>");
});
