import { addressOf } from "../message/sign-offs.ts";
import { defineTextRule } from "../text-rule.ts";

/** A mail that somebody else sends names the author in its first body line. */
export const e04SenderIsAuthor = defineTextRule({
  id: "e04-sender-is-author",
  title: "the sender is the author, or the body begins with the author's From line",
  why: "git am takes the sender of the mail for the author unless the body says otherwise",
  source: "Documentation/process/submitting-patches.rst",
  fix: "export again, or begin the body with the From line of the author",
  bad: "From: the sender (header), and the author is not named",
  good: "From: the author (first line of the body)",
  *inMail({ parsed: { headers, inBodyFrom } }, { patches }) {
    const sender = headers.find(({ name }) => name === "from");
    const patch = patches.find(({ parsed }) => parsed.headers === headers);
    const said = inBodyFrom?.text ?? sender?.value ?? "";
    if (patch === undefined || addressOf(said) === addressOf(patch.author)) return;
    const line = inBodyFrom?.line ?? sender?.line ?? 1;
    yield { line, what: `'${said}' would become the author, who is '${patch.author}'` };
  },
});
