import type { ModelMutant } from "./edits.ts";

/** Why no vector can notice a change of the model. */
interface Reason {
  readonly file: RegExp;
  /** In the line as it was. */
  readonly before: RegExp;
  readonly after?: RegExp;
  readonly why: string;
}

const REASONS: readonly Reason[] = [];

/** The reason that was found for a survivor, if one was. */
export function modelReasonFor({ file, before, after }: ModelMutant): string | undefined {
  return REASONS.find(
    (reason) =>
      reason.file.test(file) && reason.before.test(before) && (reason.after?.test(after) ?? true),
  )?.why;
}
