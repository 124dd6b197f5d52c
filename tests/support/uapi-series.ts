import type { SeriesDraft } from "./judge-text.ts";
import { newFile } from "./patch-mails.ts";

/** Path of the header in `headerSeries`. */
export const HEADER = "include/uapi/linux/hbf.h";

/** A series of one patch that adds a header; line 1 of the header is line 17 of the patch. */
export function headerSeries(text: string, extraDiff = ""): SeriesDraft {
  return {
    patches: [{ diff: `${newFile(HEADER, text)}${extraDiff}` }],
    context: { effects: { tipText: async () => text } },
  };
}
