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

/** A second compiler, with its own warnings. */
const CLANG_VARIANT: KernelVariant = {
  ...{ name: "with clang", seed: "lean", arch: "x86_64", set: {} },
  ...{ compiler: "clang", words: ["W=1"] },
};

/** What beside gcc decides the messages. */
const PROGRAMS = { gcc: "/usr/bin/sparse", clang: "/usr/bin/clang-14" } as const;
const VARIANTS = { gcc: STATIC_VARIANT, clang: CLANG_VARIANT } as const;

/** A rule about one kind of message: which, and the words of the seeded defect that shows it. */
export interface StaticRow
  extends Pick<TextRule, "id" | "title" | "why" | "source" | "fix" | "bad" | "good"> {
  readonly isOurs: (message: ToolMessage) => boolean;
  /** Whose messages: those of gcc and sparse unless told. */
  readonly compiler?: keyof typeof VARIANTS;
  /** Debian package without which the seeded defect is not found. */
  readonly needs: string;
}

/**
 * Makes a check of the messages of one build of each changed file, at the commit and at its parent:
 * what the parent has too is not of the patch's making.
 */
export function defineStaticRow(row: StaticRow): Check<ReviewContext> {
  const { isOurs, needs, compiler = "gcc", ...texts } = row;
  const variant = VARIANTS[compiler];
  return defineTextRule({
    ...texts,
    cost: "minutes",
    facts: async ({ keys, patches }) => [
      await keys.build(),
      await keys.systemFile(PROGRAMS[compiler]),
      STATIC_CONTROL,
      ...patches.map(({ tree }) => tree),
    ],
    settle: (context) => findBlindness(context, row),
    async inSeries(context) {
      const found: SightingIn[] = [];
      for (const [at, mail] of context.patches.entries()) {
        for (const message of await addedMessages(context, at, variant)) {
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
async function addedMessages(
  context: ReviewContext,
  at: number,
  variant: KernelVariant,
): Promise<ToolMessage[]> {
  const mail = context.patches[at];
  if (mail === undefined) return [];
  const after = await messagesAt(context, mail.commit, mail, variant);
  if (after.length === 0) return [];
  return newMessages(await messagesAt(context, parentOf(context, at), mail, variant), after);
}

async function messagesAt(
  { effects }: ReviewContext,
  commit: string,
  mail: ReviewedPatch,
  variant: KernelVariant,
): Promise<readonly ToolMessage[]> {
  const targets = await objectsOf(effects, commit, mail);
  if (targets.length === 0) return [];
  const built = await effects.buildVariant({ commit, variant, targets });
  const paths = mail.parsed.files.map(({ path }) => path);
  return built.messages.filter(({ path }) => paths.includes(path));
}

/** Silence counts only where a file with one defect of each kind is spoken of. */
async function findBlindness(
  { effects, baseCommit }: ReviewContext,
  { isOurs, id, needs, compiler = "gcc" }: StaticRow,
): Promise<Verdict | undefined> {
  const { messages, logFile } = await effects.buildVariant({
    commit: baseCommit,
    variant: VARIANTS[compiler],
    targets: [STATIC_CONTROL_PATH.replace(/\.c$/, ".o")],
    added: { [STATIC_CONTROL_PATH]: STATIC_CONTROL },
  });
  const seen = messages.filter(({ path }) => path === STATIC_CONTROL_PATH);
  if (seen.some(isOurs)) return undefined;
  const missing = `a seeded defect for ${id} is not found on this machine, see '${logFile}'`;
  return { kind: "not-run", missing, howToGet: `sudo apt-get install -y ${needs}` };
}
