import type { BaseLine, ReviewContext } from "../../../checks/context.ts";
import { withTempDir } from "../../lib/fs/temp-dir.ts";
import { type Git, openGit } from "../../lib/git/git.ts";
import { requireSuccess } from "../../lib/proc/check-result.ts";
import { readMailInfo } from "../../lib/series/mail-info.ts";
import { type GateInput, requireCommits, requireKernel } from "./gate-input.ts";

type TextEffects = Pick<
  ReviewContext["effects"],
  "mailMessage" | "baseText" | "tipText" | "searchBase"
>;

/** Lets checks read what git makes of a mail, and files before and after the series. */
export function openSeriesText(
  input: GateInput,
  { tempRoot, signal }: { readonly tempRoot: string; readonly signal: AbortSignal },
): TextEffects {
  const openTree = (): Git => openGit({ dir: requireKernel(input).tree.gitDir, signal });
  const read = async (commit: string, path: string): Promise<string | undefined> => {
    const git = openTree();
    const listed = await git.text(["ls-tree", "--object-only", commit, "--", path]);
    if (listed === "") return undefined;
    return new TextDecoder().decode(await git.bytes(["cat-file", "blob", listed]));
  };
  return {
    // Git needs no repository to read a mail.
    mailMessage: ({ path, bytes }) =>
      withTempDir(tempRoot, async (workDir) => {
        const git = openGit({ dir: workDir, signal });
        const foreign = input.origin === "files";
        const info = await readMailInfo({ path, mail: { bytes }, foreign }, { git, workDir });
        return info.message;
      }),
    baseText: async (path) => await read(requireKernel(input).base, path),
    tipText: async (path) => {
      const { base } = requireCommits(input);
      return await read(input.patches.at(-1)?.commit ?? base, path);
    },
    searchBase: async (pattern, folder) => {
      const { base } = requireKernel(input);
      const git = openTree();
      const args = [
        "grep",
        "--no-color",
        "-z",
        "-n",
        "-I",
        "-E",
        "-e",
        pattern,
        base,
        "--",
        folder,
      ];
      const found = await git.run(args);
      // Git says 1 when no line matches; anything above is a failure and no answer.
      if (found.code !== 1) requireSuccess(found, { writesTo: git.dir, code: "git-failed" });
      return new TextDecoder().decode(found.stdout).split("\n").flatMap(lineOf);
    },
  };
}

/** `<commit>:<path> NUL <line> NUL <text>` */
function lineOf(record: string): BaseLine[] {
  const [name = "", line = "", ...text] = record.split("\0");
  if (text.length === 0) return [];
  return [{ path: name.slice(name.indexOf(":") + 1), line: Number(line), text: text.join("\0") }];
}
