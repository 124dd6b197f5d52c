import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { contentKey, openContentStore } from "../fs/content-store.ts";
import type { Git } from "../git/git.ts";
import { requireSuccess } from "../proc/check-result.ts";
import { run } from "../proc/run.ts";
import { formatAddress } from "./mail-address.ts";

/** Addresses as `Name <address>` or `address`. They are text: nothing is ever sent to them. */
export interface Recipients {
  readonly to: readonly string[];
  readonly cc: readonly string[];
}

export interface RecipientsRequest {
  /** Git in a repository that sees the commits. */
  readonly git: Git;
  /** Directory for temporary files. */
  readonly workDir: string;
  readonly base: string;
  readonly tip: string;
  /** Addresses to add. */
  readonly extra: Recipients;
  /** Answers are remembered beside it. */
  readonly tempRoot: string;
  readonly signal: AbortSignal;
}

/** What get_maintainer.pl reads, all of the base: a series must not choose its own reviewers. */
const SCRIPT = "scripts/get_maintainer.pl";
const FILES = [SCRIPT, "MAINTAINERS", ".mailmap", ".get_maintainer.ignore"];
/** Source: scripts/get_maintainer.pl:top_of_kernel_tree @ 6.12.117 */
const TOP_FILES = ["COPYING", "CREDITS", "Kbuild", "Makefile", "README"];
const TOP_DIRS = "Documentation arch include drivers fs init ipc kernel lib scripts".split(" ");
const NO_HISTORY = ["--nogit", "--nogit-fallback", "--nogit-blame", "--nofixes", "--rolestats"];
const TIMEOUT_MS = 300_000;

/** Source: MAINTAINERS @ 6.12.117, "ABI/API", which excludes include/uapi by `X:`. */
const INTERFACE = /^(?:arch\/[^/]+\/)?include\/uapi\/|^Documentation\/ABI\//;
const API_LIST = /^L:\s+(linux-api@\S+)/m;

/**
 * Who a series would be sent to: those whom get_maintainer.pl of the base names for its changes,
 * the list for interfaces when it changes one, and `extra`. Maintainers in To, all others in Cc.
 *
 * A base without get_maintainer.pl is no kernel, and gives `extra` alone.
 *
 * @throws ToolError (infra) `get-maintainer-failed`
 */
export async function findRecipients(request: RecipientsRequest): Promise<Recipients> {
  const { git, base, tip, extra } = request;
  const entries = await git.lines(["ls-tree", base, "--", ...FILES]);
  const has = (name: string): boolean => entries.some((line) => line.endsWith(`\t${name}`));
  if (!has(SCRIPT) || !has("MAINTAINERS")) return extra;
  const diff = await git.bytes(["diff-tree", "-p", "--no-renames", "--full-index", base, tip]);
  const store = openContentStore(join(dirname(request.tempRoot), "recipients"));
  const key = contentKey(["recipients", ...NO_HISTORY, ...entries, diff]);
  const known = await store.readBytes(key);
  const said = known ?? (await askScript(request, entries, diff));
  if (known === undefined) await store.writeBytes(key, said);
  const paths = await git.lines(["diff-tree", "-r", "--name-only", base, tip]);
  const list = paths.some((path) => INTERFACE.test(path)) ? await apiList(git, base) : [];
  const found = parseRoles(new TextDecoder().decode(said));
  return {
    to: unique([...found.to, ...extra.to]).map(formatAddress),
    cc: unique([...found.cc, ...list, ...extra.cc], [...found.to, ...extra.to]).map(formatAddress),
  };
}

/** Runs the script in a folder that looks like the top of a kernel tree. */
async function askScript(
  { git, workDir, signal }: RecipientsRequest,
  entries: readonly string[],
  diff: Uint8Array,
): Promise<Uint8Array> {
  if (diff.length === 0) return diff;
  const top = join(workDir, "top");
  for (const dir of TOP_DIRS) await mkdir(join(top, dir), { recursive: true });
  for (const file of TOP_FILES) await writeFile(join(top, file), "");
  for (const line of entries) {
    const [, id = "", path = ""] = /^\d+ blob ([0-9a-f]+)\t(.*)$/.exec(line) ?? [];
    if (path !== "") await writeFile(join(top, path), await git.bytes(["cat-file", "blob", id]));
  }
  await writeFile(join(top, "changes.diff"), diff);
  const result = await run({
    file: "perl",
    args: [SCRIPT, ...NO_HISTORY, "changes.diff"],
    cwd: top,
    // The order of hashes must not be another each time, nor a file in somebody's home count.
    env: { HOME: top, PERL_HASH_SEED: "0", PERL_PERTURB_KEYS: "0", LC_ALL: "C" },
    timeoutMs: TIMEOUT_MS,
    signal,
  });
  return requireSuccess(result, { writesTo: workDir, code: "get-maintainer-failed" }).stdout;
}

async function apiList(git: Git, base: string): Promise<string[]> {
  const text = await git.text(["cat-file", "blob", `${base}:MAINTAINERS`]);
  return [API_LIST.exec(text)?.[1] ?? []].flat();
}

/** Reads lines `Name <address> (role:section)`. */
export function parseRoles(text: string): Recipients {
  const [to, cc]: [string[], string[]] = [[], []];
  for (const line of text.split("\n")) {
    const [, address, role] = /^(.+?) \(([a-z ]+)[^()]*(?:\([^()]*\)[^()]*)*\)$/.exec(line) ?? [];
    if (address === undefined || role === undefined) continue;
    (/^(?:maintainer|supporter)/.test(role) ? to : cc).push(address);
  }
  return { to, cc };
}

/** Each address once, however its name is written, and none of `others`. */
function unique(all: readonly string[], others: readonly string[] = []): string[] {
  const plain = (text: string): string => (/<([^>]*)>/.exec(text)?.[1] ?? text).toLowerCase();
  const seen = new Set(others.map(plain));
  return all.filter((text) => {
    if (seen.has(plain(text))) return false;
    seen.add(plain(text));
    return true;
  });
}
