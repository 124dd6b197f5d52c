import type { CommandEntry } from "./command-table.ts";
import { renderBashCompletion } from "./completion-bash.ts";
import { renderFishCompletion } from "./completion-fish.ts";
import { renderZshCompletion } from "./completion-zsh.ts";

/** The shells that there is completion for. */
export const SHELLS: Readonly<Record<string, (root: CommandEntry) => string>> = {
  bash: renderBashCompletion,
  zsh: renderZshCompletion,
  fish: renderFishCompletion,
};
