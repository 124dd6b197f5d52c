import { controlPatch, defineCheckpatchRow } from "../static/checkpatch-row.ts";

/** No word that the kernel's list, or codespell's, knows to be misspelled. */
export const m23Spelling = defineCheckpatchRow({
  id: "m23-spelling",
  title: "no word is misspelled, in messages and in added lines",
  why: "each misspelling is a mail from somebody who mends it later",
  source: "scripts/spelling.txt",
  fix: "write the word as checkpatch proposes",
  bad: "the wierd case",
  good: "the weird case",
  types: ["TYPO_SPELLING"],
  control: () => controlPatch("The wierd case.", ["/* words */"]),
});
