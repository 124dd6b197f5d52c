import { type DocNode, visitTypes } from "../doc-file.ts";
import type { DocFinding, DocRule } from "../doc-rule.ts";
import { isTranslation } from "../is-translation.ts";

/** Archives that checkpatch asks to leave; a page to subscribe on is none. */
const ARCHIVE = new RegExp(
  "^https?://(?:[\\w-]+\\.)*(?:freedesktop\\.org/archives/dri-devel|lists\\.infradead\\.org" +
    "|lkml\\.org|mail-archive\\.com|mailman\\.alsa-project\\.org/pipermail|marc\\.info" +
    "|ozlabs\\.org/pipermail|spinics\\.net)(?!/mailman/listinfo)(?:/|\\?|$)",
  "i",
);

type Link = DocNode & { readonly refuri?: string; readonly url?: string };

/** A link into an archive of mails that may go away. */
export const loreLink: DocRule = {
  id: "lore-link",
  severity: "warning",
  kinds: ["rst", "md"],
  title: "links to mails lead to lore.kernel.org",
  why: "other archives went away with their links; checkpatch warns of PREFER_LORE_ARCHIVE",
  source: "scripts/checkpatch.pl",
  onlyChanged: true,
  examples: [
    { text: "See https://lore.kernel.org/r/20240101.1@example.org/ for it.\n", finds: [] },
    { text: "See https://lkml.org/lkml/2020/1/1/1 for it.\n", finds: ["1:5"] },
    { text: "See `the mail <https://marc.info/?l=linux-mm&m=1>`_.\n", finds: ["1:5"] },
    { text: ".. _mail: https://www.spinics.net/lists/linux-mm/\n", finds: ["1:1"] },
    { text: "http://lists.infradead.org/mailman/listinfo/linux-mtd\n", finds: [] },
    { text: "[it](https://lkml.org/lkml/2020/1/1/1)\n", finds: ["1:1"], path: "a.md" },
  ],
  *check(file) {
    if (isTranslation(file) || !/https?:/i.test(file.source)) return;
    const found: DocFinding[] = [];
    visitTypes(file, ["reference", "target", "link", "definition"], (node: Link) => {
      const host = ARCHIVE.exec(node.refuri ?? node.url ?? "")?.[0];
      if (host === undefined || node.position === undefined) return;
      const at = node.position.start.offset;
      // A target inside of a text is a part of the reference there.
      if (node.type === "target" && !/^(?:\.\.|__)/.test(file.source.slice(at, at + 2))) return;
      const what = `'${host.replace(/[/?]$/, "")}' is not the kernel's archive of mails`;
      found.push({ at, what, fix: "link to https://lore.kernel.org/r/MESSAGE-ID" });
    });
    yield* found;
  },
};
