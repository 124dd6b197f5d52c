import { SPACE } from "../lines/white-space.ts";
import { SIMPLE_NAME } from "../states/patterns.ts";
import { asClass, CLOSERS, CLOSING_DELIMITERS, DELIMITERS, OPENERS } from "./punctuation.ts";

const S = `[${SPACE}]`;
const NUL = "\\0";
/** What may stand before the start of markup. */
const BEFORE = `(?:^|(?<=[${SPACE}${asClass(OPENERS)}${DELIMITERS}]))`;
/** What may stand after the end of markup. */
const AFTER = `(?:$|(?=[${SPACE}${NUL}${CLOSING_DELIMITERS}${DELIMITERS}${asClass(CLOSERS)}]))`;
const NO_SPACE_AFTER = `(?!${S})`;
const NO_SPACE_BEFORE = `(?<!${S})`;
const NO_SPACE_OR_ESCAPE_BEFORE = `(?<![${SPACE}${NUL}])`;
const NO_PLAIN_SPACE_BEFORE = `(?<!(?<!${NUL})[${SPACE}${NUL}])`;

const compile = (pattern: string): RegExp => new RegExp(pattern, "u");

const FOOTNOTE_LABEL = `[0-9]+|#(?:${SIMPLE_NAME})?|\\*|(?<citation>${SIMPLE_NAME})`;

/**
 * Where markup may start: a start string that needs an end (`start`), a whole reference (`whole`),
 * or a backquote with or without a role before it.
 *
 * The lookahead around the reference name keeps the search from trying shorter names: none of them
 * could be followed by an underscore.
 */
export const INITIAL = compile(
  `${BEFORE}(?:(?<start>\\*\\*|\\*(?!\\*)|\`\`|_\`|\\|(?!\\|))${NO_SPACE_AFTER}` +
    `|(?<whole>(?=(?<refname>${SIMPLE_NAME}))\\k<refname>(?<refend>__?)` +
    `|\\[(?<label>${FOOTNOTE_LABEL})(?<fnend>\\]_))${AFTER}` +
    `|(?<role>(?::${SIMPLE_NAME}:)?)(?<backquote>\`(?!\`))${NO_SPACE_AFTER})`,
);

/** A character that every markup has; without one, nothing has to be looked for. */
export const MARK = /[*`|_]/;

/** End strings; the first group is the end string itself. */
export const END = {
  emphasis: compile(`${NO_SPACE_OR_ESCAPE_BEFORE}(\\*)${AFTER}`),
  strong: compile(`${NO_SPACE_OR_ESCAPE_BEFORE}(\\*\\*)${AFTER}`),
  literal: compile(`${NO_SPACE_BEFORE}(\`\`)${AFTER}`),
  target: compile(`${NO_SPACE_OR_ESCAPE_BEFORE}(\`)${AFTER}`),
  substitution: compile(`${NO_SPACE_OR_ESCAPE_BEFORE}(\\|_{0,2})${AFTER}`),
  interpreted: compile(
    `${NO_PLAIN_SPACE_BEFORE}(\`(?<suffix>(?<role>:${SIMPLE_NAME}:)?(?<refend>__?)?))${AFTER}`,
  ),
} as const;

/** `<address>` or `<name_>` at the end of a phrase reference. */
export const EMBEDDED_LINK = compile(
  `((?:[ \\n]+|^)<${NO_SPACE_AFTER}((?:[^<>]|${NUL}[<>])+)${NO_SPACE_OR_ESCAPE_BEFORE}>)$`,
);

const URI_CHAR = `[\\-_.!~*'()\\[\\];/:@&=+$,%a-zA-Z0-9${NUL}]`;
const URI_LAST = "[_~*/=+a-zA-Z0-9]";
const URI_END = `(?:${URI_LAST}|${URI_CHAR}(?=>))`;
const MAIL_CHAR = `[\\-_!~*'{|\\}/#?^\`&=+$%a-zA-Z0-9${NUL}]`;
const MAIL =
  `${MAIL_CHAR}+(?:\\.${MAIL_CHAR}+)*(?<!${NUL})@` + `${MAIL_CHAR}+(?:\\.${MAIL_CHAR}*)*${URI_END}`;
const ABSOLUTE =
  `(?<scheme>[a-zA-Z][a-zA-Z0-9.+\\-]*):(?:(?:\\/\\/?)?${URI_CHAR}*${URI_END})` +
  `(?:\\?${URI_CHAR}*${URI_END})?(?:#${URI_CHAR}*${URI_END})?`;

/** An address or a mail address in running text. */
export const URI = compile(`${BEFORE}(?<whole>${ABSOLUTE}|(?<email>${MAIL}))${AFTER}`);

/** What every text with an address has: most have not, and are told so faster. */
export const MAY_HAVE_URI = new RegExp(`[a-zA-Z0-9.+\\-]:${URI_CHAR}|@`);

/** A mail address from the start to the end. */
export const WHOLE_MAIL = compile(`^${MAIL}$`);

/** An address at the start, as the embedded link of a phrase reference has it. */
export const LEADING_URI = compile(`^${BEFORE}(?<whole>${ABSOLUTE}|(?<email>${MAIL}))${AFTER}`);
