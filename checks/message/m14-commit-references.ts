import { controlPatch, defineCheckpatchRow } from "../static/checkpatch-row.ts";

/** A commit that a message speaks of is named by 12 digits and its subject. */
export const m14CommitReferences = defineCheckpatchRow({
  id: "m14-commit-references",
  title: 'a commit is referred to as: commit <12 digits> ("subject")',
  why: "an id alone means nothing to a reader, and short ones become ambiguous",
  source: "Documentation/process/submitting-patches.rst",
  fix: "use git log -1 --format='commit %h (\"%s\")' --abbrev=12",
  bad: "since commit deadbee the list is locked",
  good: 'since commit e8fdb6a6ab0a ("mm: lock the list") ...',
  types: ["GIT_COMMIT_ID"],
  // checkpatch says nothing of the form of an id that the tree does not have.
  control: (base) =>
    controlPatch(`Since commit ${base.slice(0, 12)} the list is locked.`, ["/* words */"]),
});
