import type { Trailer } from "../../tools/lib/patch/parse-trailers.ts";
import type { ReviewContext } from "../context.ts";
import type { Verdict } from "../contract.ts";
import type { Mail } from "../text-rule.ts";

/** The Signed-off-by tags of a mail, in order. */
export function signOffsOf({ parsed }: Mail): Trailer[] {
  return parsed.trailers.filter(({ key }) => key === "Signed-off-by");
}

/**
 * Leaves a rule about sign-offs to the submitter while nobody has signed anything: silence about
 * tags that do not exist yet says nothing of those that will be added.
 */
export function attestUnsigned(context: ReviewContext, statement: string): Verdict | undefined {
  if (context.patches.some((patch) => signOffsOf(patch).length > 0)) return undefined;
  return { kind: "attest", statement };
}

/** The address of `Name <address>`, lower case; the whole text when it has none. */
export function addressOf(person: string): string {
  return (/<([^<>]*)>/.exec(person)?.[1] ?? person).trim().toLowerCase();
}
