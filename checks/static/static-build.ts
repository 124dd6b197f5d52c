import type { ToolMessage } from "../../tools/lib/build/tool-messages.ts";
import { newMessages } from "../../tools/lib/build/tool-messages.ts";
import type { KernelVariant } from "../../tools/lib/build/variant.ts";
import type { ReviewContext, ReviewedPatch } from "../context.ts";
import type { Check, Verdict } from "../contract.ts";
import { defineTextRule, type SightingIn, type TextRule } from "../text-rule.ts";
import { lineOfSource, parentOf } from "./changed-sources.ts";
import { objectsOf } from "./objects.ts";
import { STATIC_CONTROL, STATIC_CONTROL_PATH } from "./static-control.ts";

/** Stack that scripts/checkstack.pl is asked about by the submit checklist, in bytes. */
const MOST_STACK_BYTES = 512;

/** sparse as the kernel's own test robot calls it, gcc with W=1, and what `gcc -W` adds. */
const STATIC_VARIANT: KernelVariant = {
  name: "static checks",
  seed: "lean",
  arch: "x86_64",
  set: {},
  words: [
    "C=2",
    "CF=-fdiagnostic-prefix -D__CHECK_ENDIAN__ -fmax-errors=unlimited -fmax-warnings=unlimited",
    "W=1",
    `KCFLAGS=-Wsign-compare -Wtype-limits -Wframe-larger-than=${MOST_STACK_BYTES}`,
  ],
};

/** A rule about one kind of message: which, and the words of the seeded defect that shows it. */
export interface StaticRow
  extends Pick<TextRule, "id" | "title" | "why" | "source" | "fix" | "bad" | "good"> {
  readonly isOurs: (message: ToolMessage) => boolean;
  /** Debian package without which the seeded defect is not found. */
  readonly needs: string;
}

/**
 * Makes a check of the messages of one build of each changed file, at the commit and at its parent:
 * what the parent has too is not of the patch's making.
 */
export function defineStaticRow(row: StaticRow): Check<ReviewContext> {
  const { isOurs, needs, ...texts } = row;
  return defineTextRule({
    ...texts,
    cost: "minutes",
    facts: async ({ keys, patches }) => [
      await keys.build(),
      await keys.systemFile("/usr/bin/sparse"),
      STATIC_CONTROL,
      ...patches.map(({ tree }) => tree),
    ],
    settle: (context) => findBlindness(context, row),
    async inSeries(context) {
      const found: SightingIn[] = [];
      for (const [at, mail] of context.patches.entries()) {
        for (const message of await addedMessages(context, at)) {
          if (!isOurs(message)) continue;
          const line = lineOfSource(mail, message.path, message.line);
          const what = `${message.path}:${message.line}: ${message.text} [${message.kind}]`;
          found.push({ mail, line, what });
        }
      }
      return found;
    },
  });
}

/** The messages that a patch adds, of the files that it changes. */
async function addedMessages(context: ReviewContext, at: number): Promise<ToolMessage[]> {
  const mail = context.patches[at];
  if (mail === undefined) return [];
  const after = await messagesAt(context, mail.commit, mail);
  if (after.length === 0) return [];
  return newMessages(await messagesAt(context, parentOf(context, at), mail), after);
}

async function messagesAt(
  { effects }: ReviewContext,
  commit: string,
  mail: ReviewedPatch,
): Promise<readonly ToolMessage[]> {
  const targets = await objectsOf(effects, commit, mail);
  if (targets.length === 0) return [];
  const built = await effects.buildVariant({ commit, variant: STATIC_VARIANT, targets });
  const paths = mail.parsed.files.map(({ path }) => path);
  return built.messages.filter(({ path }) => paths.includes(path));
}

/** Silence counts only where a file with one defect of each kind is spoken of. */
async function findBlindness(
  { effects, baseCommit }: ReviewContext,
  { isOurs, id, needs }: StaticRow,
): Promise<Verdict | undefined> {
  const { messages, logFile } = await effects.buildVariant({
    commit: baseCommit,
    variant: STATIC_VARIANT,
    targets: [STATIC_CONTROL_PATH.replace(/\.c$/, ".o")],
    added: { [STATIC_CONTROL_PATH]: STATIC_CONTROL },
  });
  const seen = messages.filter(({ path }) => path === STATIC_CONTROL_PATH);
  if (seen.some(isOurs)) return undefined;
  const missing = `a seeded defect for ${id} is not found on this machine, see '${logFile}'`;
  return { kind: "not-run", missing, howToGet: `sudo apt-get install -y ${needs}` };
}
