import { isMap, isSeq, parseDocument, type YAMLSeq } from "yaml";

/** An entry of a commit's `take` list that names a change, whole or by lines. */
export interface HunkEntry {
  readonly hunk: string;
  /** Ranges as `1-4, 9`. */
  readonly lines?: string;
}

/** A change of a plan's text; commits and entries count from 0, as they were before all edits. */
export type PlanEdit =
  | {
      readonly kind: "replace";
      readonly commit: number;
      readonly entry: number;
      readonly by: readonly HunkEntry[];
    }
  | { readonly kind: "append"; readonly commit: number; readonly entries: readonly HunkEntry[] }
  | { readonly kind: "message"; readonly commit: number; readonly message: string }
  | { readonly kind: "add-commit"; readonly message: string };

/**
 * The text of a plan after some edits. Comments and all that is not edited stay; the style of the
 * YAML may be normalized.
 *
 * @param text a plan that `parseSplitPlan` accepts
 */
export function editSplitPlan(text: string, edits: readonly PlanEdit[]): string {
  const document = parseDocument(text);
  const takeOf = (commit: number): YAMLSeq => {
    const take = document.getIn(["commits", commit, "take"], true);
    if (!isSeq(take)) throw new RangeError(`the plan has no commit ${commit + 1}`);
    return take;
  };
  const takes = new Map(
    edits.flatMap((edit) =>
      "commit" in edit ? [[edit.commit, takeOf(edit.commit)] as const] : [],
    ),
  );
  const last = (edit: PlanEdit): number => (edit.kind === "replace" ? edit.entry : -1);
  // From the end, so that the places of other entries stay what they are.
  for (const edit of [...edits].sort((a, b) => last(b) - last(a))) {
    if (edit.kind === "add-commit") {
      document.addIn(["commits"], document.createNode({ message: edit.message, take: [] }));
    } else if (edit.kind === "message") {
      document.setIn(["commits", edit.commit, "message"], edit.message);
    } else {
      const take = takes.get(edit.commit);
      if (take === undefined) continue;
      if (edit.kind === "replace") {
        const nodes = edit.by.map((entry) => document.createNode(entry));
        const comment = commentOf(take.items[edit.entry]);
        if (comment !== undefined && nodes[0] !== undefined) nodes[0].commentBefore = comment;
        take.items.splice(edit.entry, 1, ...nodes);
      } else {
        for (const entry of edit.entries) take.items.push(document.createNode(entry));
      }
    }
  }
  for (const take of takes.values()) take.flow = take.items.length === 0;
  return document.toString({ lineWidth: 0 });
}

function commentOf(node: unknown): string | undefined {
  return isMap(node) ? (node.commentBefore ?? undefined) : undefined;
}
