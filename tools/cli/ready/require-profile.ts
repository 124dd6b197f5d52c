import type { ReviewContext } from "../../../checks/context.ts";
import type { Check } from "../../../checks/contract.ts";
import { PROFILES, type Profile, selectChecks } from "../../../checks/profiles.ts";
import { CHECKS } from "../../../checks/registry.ts";
import { ToolError } from "../../lib/error.ts";

/** A profile by its name, with its checks. */
export interface ChosenProfile extends Pick<Profile, "isWhole" | "isStrict" | "posting"> {
  readonly name: string;
  readonly checks: readonly Check<ReviewContext>[];
}

/**
 * Finds the profile of `--profile NAME`.
 *
 * @throws ToolError `unknown-profile` (user)
 */
export function requireProfile(name: string): ChosenProfile {
  const profile = Object.hasOwn(PROFILES, name) ? PROFILES[name] : undefined;
  if (profile !== undefined) {
    return { ...profile, name, checks: selectChecks(CHECKS, profile) };
  }
  throw new ToolError(`there is no profile '${name}'`, {
    kind: "user",
    code: "unknown-profile",
    hints: Object.entries(PROFILES).map(([known, { title }]) => `--profile ${known}   (${title})`),
  });
}
