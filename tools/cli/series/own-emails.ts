import { ToolError } from "../../lib/error.ts";
import { readUserIdentity } from "../../lib/series/sign-off.ts";
import type { CommandContext } from "../command.ts";

/** A user without an identity has committed nothing, so nothing is theirs to rewrite. */
export async function ownEmails(dir: string, context: CommandContext): Promise<readonly string[]> {
  try {
    return [(await readUserIdentity(dir, context.signal)).email];
  } catch (error) {
    if (error instanceof ToolError && error.code === "no-git-identity") return [];
    throw error;
  }
}
