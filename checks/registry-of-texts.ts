import type { ReviewContext } from "./context.ts";
import type { Check } from "./contract.ts";
import { d06AbiEntries } from "./doc/d06-abi-entries.ts";
import { d07ParametersDocumented } from "./doc/d07-parameters-documented.ts";
import { d08ModuleParameters } from "./doc/d08-module-parameters.ts";
import { d10RstForm } from "./doc/d10-rst-form.ts";
import { k01HelpText } from "./kconfig/k01-help-text.ts";
import { k02DefaultOff } from "./kconfig/k02-default-off.ts";
import { k08SelftestConfig } from "./kconfig/k08-selftest-config.ts";
import { l01SpdxFirstLine } from "./licence/l01-spdx-first-line.ts";
import { l02UapiSyscallNote } from "./licence/l02-uapi-syscall-note.ts";
import { l05NoGeneratedFiles } from "./licence/l05-no-generated-files.ts";
import { l06FileModes } from "./licence/l06-file-modes.ts";
import { l07Whitespace } from "./licence/l07-whitespace.ts";
import { e01PlainText } from "./mail/e01-plain-text.ts";
import { e02LinesSurviveMail } from "./mail/e02-lines-survive-mail.ts";
import { e03NoBinaryHunks } from "./mail/e03-no-binary-hunks.ts";
import { e04SenderIsAuthor } from "./mail/e04-sender-is-author.ts";
import { r02LinuxApi } from "./mail/r02-linux-api.ts";
import { r04ManPageNote } from "./mail/r04-man-page-note.ts";
import { r05CommentersInCc } from "./mail/r05-commenters-in-cc.ts";
import { r06NotToEverybody } from "./mail/r06-not-to-everybody.ts";
import { r07AddressesParse } from "./mail/r07-addresses-parse.ts";
import { m01AuthorSignOff } from "./message/m01-author-sign-off.ts";
import { m02SubmitterSignsLast } from "./message/m02-submitter-signs-last.ts";
import { m03CoDevelopedBy } from "./message/m03-co-developed-by.ts";
import { m04TagsSpelled } from "./message/m04-tags-spelled.ts";
import { m05NoMachineSignOff } from "./message/m05-no-machine-sign-off.ts";
import { m06AssistedByForm } from "./message/m06-assisted-by-form.ts";
import { m07ReviewEvidence } from "./message/m07-review-evidence.ts";
import { m08FixesForm } from "./message/m08-fixes-form.ts";
import { m10TagsInLastBlock } from "./message/m10-tags-in-last-block.ts";
import { m11StableNeedsFixes } from "./message/m11-stable-needs-fixes.ts";
import { m12ReportedByCloses } from "./message/m12-reported-by-closes.ts";
import { m13LoreLinks } from "./message/m13-lore-links.ts";
import { m15SubjectLength } from "./message/m15-subject-length.ts";
import { m16SubjectPrefix } from "./message/m16-subject-prefix.ts";
import { m17ImperativeSubject } from "./message/m17-imperative-subject.ts";
import { m18BodyWrapped } from "./message/m18-body-wrapped.ts";
import { m19NoHistoryInMessage } from "./message/m19-no-history-in-message.ts";
import { m20NoPrivateTags } from "./message/m20-no-private-tags.ts";
import { m21NoDiffInMessage } from "./message/m21-no-diff-in-message.ts";
import { m22BacktracesTrimmed } from "./message/m22-backtraces-trimmed.ts";
import { m24ClaimsHaveNumbers } from "./message/m24-claims-have-numbers.ts";
import { m25CleanCharacters } from "./message/m25-clean-characters.ts";
import { m26SubjectNoTool } from "./message/m26-subject-no-tool.ts";
import { m27ToolUseTold } from "./message/m27-tool-use-told.ts";
import { f02SelftestWired } from "./selftests/f02-selftest-wired.ts";
import { f03SelftestForm } from "./selftests/f03-selftest-form.ts";
import { s03AtMost15Patches } from "./series/s03-at-most-15-patches.ts";
import { s04NoEmptyPatch } from "./series/s04-no-empty-patch.ts";
import { s05NoFixupCommits } from "./series/s05-no-fixup-commits.ts";
import { s06SubjectsUnique } from "./series/s06-subjects-unique.ts";
import { s07BaseCommit } from "./series/s07-base-commit.ts";
import { s11MessageSurvivesMail } from "./series/s11-message-survives-mail.ts";
import { s12CoverLetter } from "./series/s12-cover-letter.ts";
import { s13CoverIsTrue } from "./series/s13-cover-is-true.ts";
import { s14SubjectBrackets } from "./series/s14-subject-brackets.ts";
import { s18LinkToLastVersion } from "./series/s18-link-to-last-version.ts";
import { s19ShallowThreading } from "./series/s19-shallow-threading.ts";
import { s20RfcSaysWhatIsOpen } from "./series/s20-rfc-says-what-is-open.ts";
import { s22MoveWithoutEdits } from "./series/s22-move-without-edits.ts";
import { t07IncludesWhatItUses } from "./static/t07-includes-what-it-uses.ts";
import { u02FixedWidthTypes } from "./uapi/u02-fixed-width-types.ts";
import { u04NoHiddenPadding } from "./uapi/u04-no-hidden-padding.ts";
import { u05IoctlMacros } from "./uapi/u05-ioctl-macros.ts";
import { u06IoctlNumberRegistered } from "./uapi/u06-ioctl-number-registered.ts";
import { u07IoctlNumbersUnique } from "./uapi/u07-ioctl-numbers-unique.ts";
import { u08CompatIoctl } from "./uapi/u08-compat-ioctl.ts";
import { u12IoctlHygiene } from "./uapi/u12-ioctl-hygiene.ts";
import { u13ErrorsAsModelled } from "./uapi/u13-errors-as-modelled.ts";

/** Checks that need nothing but the mails and a few files, in the order of the list of rules. */
export const TEXT_CHECKS: readonly Check<ReviewContext>[] = [
  s03AtMost15Patches,
  s04NoEmptyPatch,
  s05NoFixupCommits,
  s06SubjectsUnique,
  s07BaseCommit,
  s11MessageSurvivesMail,
  s12CoverLetter,
  s13CoverIsTrue,
  s14SubjectBrackets,
  s18LinkToLastVersion,
  s19ShallowThreading,
  s20RfcSaysWhatIsOpen,
  s22MoveWithoutEdits,
  m01AuthorSignOff,
  m02SubmitterSignsLast,
  m03CoDevelopedBy,
  m04TagsSpelled,
  m05NoMachineSignOff,
  m06AssistedByForm,
  m07ReviewEvidence,
  m08FixesForm,
  m10TagsInLastBlock,
  m11StableNeedsFixes,
  m12ReportedByCloses,
  m13LoreLinks,
  m15SubjectLength,
  m16SubjectPrefix,
  m17ImperativeSubject,
  m18BodyWrapped,
  m19NoHistoryInMessage,
  m20NoPrivateTags,
  m21NoDiffInMessage,
  m22BacktracesTrimmed,
  m24ClaimsHaveNumbers,
  m25CleanCharacters,
  m26SubjectNoTool,
  m27ToolUseTold,
  e01PlainText,
  e02LinesSurviveMail,
  e03NoBinaryHunks,
  e04SenderIsAuthor,
  r02LinuxApi,
  r04ManPageNote,
  r05CommentersInCc,
  r06NotToEverybody,
  r07AddressesParse,
  l01SpdxFirstLine,
  l02UapiSyscallNote,
  l05NoGeneratedFiles,
  l06FileModes,
  l07Whitespace,
  k01HelpText,
  k02DefaultOff,
  k08SelftestConfig,
  u02FixedWidthTypes,
  u04NoHiddenPadding,
  u05IoctlMacros,
  u06IoctlNumberRegistered,
  u07IoctlNumbersUnique,
  u08CompatIoctl,
  u13ErrorsAsModelled,
  u12IoctlHygiene,
  d06AbiEntries,
  d07ParametersDocumented,
  d08ModuleParameters,
  d10RstForm,
  f02SelftestWired,
  f03SelftestForm,
  t07IncludesWhatItUses,
];
