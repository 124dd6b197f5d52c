import type { ReviewContext } from "../context.ts";
import type { Verdict } from "../contract.ts";
import type { PatchHistory } from "../tree-effects.ts";

/** What each patch was in the version before; none for a first version. */
export async function historyOf(context: ReviewContext): Promise<readonly PatchHistory[]> {
  return context.version < 2 ? [] : ((await context.effects.formerVersion()) ?? []);
}

/** The key of what `historyOf` says. */
export async function historyKey(context: ReviewContext): Promise<string[]> {
  return [JSON.stringify(await historyOf(context))];
}

/** The verdict of a rule about changes when nobody says what the version before was. */
export async function attestWithoutHistory(
  context: ReviewContext,
  statement: string,
): Promise<Verdict | undefined> {
  if (context.version < 2 || (await context.effects.formerVersion()) !== undefined)
    return undefined;
  return { kind: "attest", statement };
}
