import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CommandContext } from "../../tools/cli/command.ts";
import { openFilesInput } from "../../tools/cli/ready/files-input.ts";
import { createPlainView } from "../../tools/cli/ready/gate-view.ts";
import { judgeInput } from "../../tools/cli/ready/judge-input.ts";
import type { GateReport } from "../../tools/cli/reporters/gate-report.ts";
import { cacheDir } from "../../tools/lib/fs/cache-dir.ts";
import type { NamedMail } from "../support/shipped-series.ts";
import { applyDefect, expectedLine } from "./apply-defect.ts";
import type { Defect } from "./defect.ts";
import { type CorpusResult, checkOf, mailOf } from "./run-corpus.ts";

/** Judges mails in a kernel tree by some checks, as `rfckit ready FILES --tree DIR` does. */
export async function judgeInTree(
  mails: readonly NamedMail[],
  ids: readonly string[],
  context: CommandContext,
  tree: string,
): Promise<GateReport["checks"]> {
  const dir = await mkdtemp(join(tmpdir(), "rfckit-corpus-"));
  try {
    const files = mails.map(({ name }) => join(dir, name));
    for (const [at, { text }] of mails.entries()) await writeFile(files[at] ?? dir, text);
    const request = { files, tree, base: undefined, stage: undefined, prefix: "RFC PATCH" };
    const report = await judgeInput({
      context,
      input: await openFilesInput(request, context),
      profile: {
        name: "corpus",
        isWhole: false,
        isStrict: false,
        posting: "rfc",
        checks: ids.map(checkOf),
      },
      cacheDir: cacheDir(context.env),
      useCache: false,
      view: createPlainView(() => {}),
    });
    return report.checks;
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** Judges a defect in a kernel tree by the check that has to find it. */
export async function judgeDefectInTree(
  defect: Defect,
  context: CommandContext,
  tree: string,
): Promise<CorpusResult> {
  const mails = applyDefect(defect);
  const [result] = await judgeInTree(mails, [defect.finds], context, tree);
  const { verdict, diagnostics = [] } = result ?? {};
  const said = `${JSON.stringify(verdict)} ${diagnostics
    .map(({ place, what }) => `${place?.file}:${place?.line}: ${what}`)
    .join(" ")}`;
  if (defect.at === "*") return { defect, isFound: verdict?.kind === "fail", said };
  const mail = mailOf(defect, mails);
  const line = mail === undefined ? 0 : expectedLine(defect, String(mail.text));
  const isFound = diagnostics.some(
    ({ place }) => place?.file?.endsWith(`/${mail?.name}`) === true && place.line === line,
  );
  return { defect, isFound, said: `${said}, wanted ${mail?.name}:${line}` };
}
