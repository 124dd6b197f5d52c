import type { ReviewContext } from "../../checks/context.ts";

/** A seeded defect: a change of a clean control, who must find it, and where. */
export interface Defect {
  /** Id of the check. */
  readonly finds: string;
  /** `v1` for the shipped series, else the name of a file in `controls/`. */
  readonly control: string;
  /** Number of the mail: 0 is the cover letter; single patches are 1. */
  readonly mail: number;
  /** Number of the mail that the finding names, if it is another one. */
  readonly foundIn?: number;
  /** What is replaced, at its first place, by what. An empty `from` is the end of the message. */
  readonly from: string;
  readonly to: string;
  /** Text of the line of the finding, in the changed mail; `*` when it is in a log. */
  readonly at: string;
  /** What the tree or other people answer, for defects that are not in the mails. */
  readonly facts?: (context: ReviewContext) => Facts;
  /** Number of times that the patch is in the series; 1 unless said. */
  readonly copies?: number;
}

/** What differs in the context. */
export type Facts = Partial<Omit<ReviewContext, "effects">> & {
  readonly effects?: Partial<ReviewContext["effects"]>;
};

/** Reads rows of JSON: `[check, control, mail, from, to, text of the line of the finding]`. */
export function readRows(json: string): Defect[] {
  const rows = JSON.parse(json) as [string, string, number, string, string, string][];
  return rows.map(([finds, control, mail, from, to, at]) => ({
    finds,
    control,
    mail,
    from,
    to,
    at,
  }));
}
