import { x01BootsQuietly } from "./boot/x01-boots-quietly.ts";
import { x02DebugConfig } from "./boot/x02-debug-config.ts";
import { x03LockdepAlive } from "./boot/x03-lockdep-alive.ts";
import { x04PathsExercised } from "./boot/x04-paths-exercised.ts";
import { x05FailuresInjected } from "./boot/x05-failures-injected.ts";
import { x06SanitizersQuiet } from "./boot/x06-sanitizers-quiet.ts";
import { x07ModelConformance } from "./boot/x07-model-conformance.ts";
import { x08WorksOnNext } from "./boot/x08-works-on-next.ts";
import { b01EachCommitBuilds } from "./build/b01-each-commit-builds.ts";
import { b02CommonConfigs } from "./build/b02-common-configs.ts";
import { b03SourceStaysClean } from "./build/b03-source-stays-clean.ts";
import { b04NoNewWarnings } from "./build/b04-no-new-warnings.ts";
import { b05OtherArchitectures } from "./build/b05-other-architectures.ts";
import { b06ClangBuilds } from "./build/b06-clang-builds.ts";
import { b07SmpAndPreempt } from "./build/b07-smp-and-preempt.ts";
import type { ReviewContext } from "./context.ts";
import type { Check } from "./contract.ts";
import { d01KernelDoc } from "./doc/d01-kernel-doc.ts";
import { d02ExportsDocumented } from "./doc/d02-exports-documented.ts";
import { d03HtmldocsClean } from "./doc/d03-htmldocs-clean.ts";
import { d04InAToctree } from "./doc/d04-in-a-toctree.ts";
import { d05FilesExist } from "./doc/d05-files-exist.ts";
import { d09SysctlDocumented } from "./doc/d09-sysctl-documented.ts";
import { k03MenuUndisturbed } from "./kconfig/k03-menu-undisturbed.ts";
import { k04DependenciesMet } from "./kconfig/k04-dependencies-met.ts";
import { k05BuildsOnAndOff } from "./kconfig/k05-builds-on-and-off.ts";
import { k06BuildsWithoutRelated } from "./kconfig/k06-builds-without-related.ts";
import { k07BuildsAtRandom } from "./kconfig/k07-builds-at-random.ts";
import { l03FilesHaveOwner } from "./licence/l03-files-have-owner.ts";
import { l04MaintainersEntry } from "./licence/l04-maintainers-entry.ts";
import { r01MaintainersNamed } from "./mail/r01-maintainers-named.ts";
import { r03MmList } from "./mail/r03-mm-list.ts";
import { m09FixesExists } from "./message/m09-fixes-exists.ts";
import { m14CommitReferences } from "./message/m14-commit-references.ts";
import { m23Spelling } from "./message/m23-spelling.ts";
import { f01SelftestsBuild } from "./selftests/f01-selftests-build.ts";
import { f04SelftestsRun } from "./selftests/f04-selftests-run.ts";
import { s01CleanTree } from "./series/s01-clean-tree.ts";
import { s02LinearHistory } from "./series/s02-linear-history.ts";
import { s08BaseIsPublic } from "./series/s08-base-is-public.ts";
import { s09PrivateCommitsDeclared } from "./series/s09-private-commits-declared.ts";
import { s10PatchesApply } from "./series/s10-patches-apply.ts";
import { s15Changelog } from "./series/s15-changelog.ts";
import { s16ReviewTagsKept } from "./series/s16-review-tags-kept.ts";
import { s17ResendUnchanged } from "./series/s17-resend-unchanged.ts";
import { s21NewCodeIsUsed } from "./series/s21-new-code-is-used.ts";
import { s23RoundTrip } from "./series/s23-round-trip.ts";
import { s24AppliesToNext } from "./series/s24-applies-to-next.ts";
import { t01Checkpatch } from "./static/t01-checkpatch.ts";
import { t02Sparse } from "./static/t02-sparse.ts";
import { t03W1Warnings } from "./static/t03-w1-warnings.ts";
import { t04GccExtra } from "./static/t04-gcc-extra.ts";
import { t05StackUse } from "./static/t05-stack-use.ts";
import { t06BarriersCommented } from "./static/t06-barriers-commented.ts";
import { t08NoDuplicates } from "./static/t08-no-duplicates.ts";
import { t09SymbolsDefined } from "./static/t09-symbols-defined.ts";
import { t10Coccinelle } from "./static/t10-coccinelle.ts";
import { t11ResultsUsed } from "./static/t11-results-used.ts";
import { t12SizeTold } from "./static/t12-size-told.ts";
import { u01HeaderAlone } from "./uapi/u01-header-alone.ts";
import { u03SameLayout } from "./uapi/u03-same-layout.ts";
import { u09ErrorsOfBadCalls } from "./uapi/u09-errors-of-bad-calls.ts";
import { u10NoLeak } from "./uapi/u10-no-leak.ts";
import { u11OldInterfaceKept } from "./uapi/u11-old-interface-kept.ts";

/** Checks that ask the tree, its scripts, compilers and a virtual machine, cheapest first. */
export const TREE_CHECKS: readonly Check<ReviewContext>[] = [
  s01CleanTree,
  s02LinearHistory,
  s08BaseIsPublic,
  s09PrivateCommitsDeclared,
  s10PatchesApply,
  s15Changelog,
  s16ReviewTagsKept,
  s17ResendUnchanged,
  s21NewCodeIsUsed,
  s23RoundTrip,
  s24AppliesToNext,
  m09FixesExists,
  m14CommitReferences,
  m23Spelling,
  r01MaintainersNamed,
  r03MmList,
  l03FilesHaveOwner,
  l04MaintainersEntry,
  k03MenuUndisturbed,
  k04DependenciesMet,
  u01HeaderAlone,
  u03SameLayout,
  u11OldInterfaceKept,
  d01KernelDoc,
  d02ExportsDocumented,
  d04InAToctree,
  d05FilesExist,
  d09SysctlDocumented,
  f01SelftestsBuild,
  t01Checkpatch,
  t06BarriersCommented,
  t08NoDuplicates,
  t09SymbolsDefined,
  k05BuildsOnAndOff,
  k06BuildsWithoutRelated,
  k07BuildsAtRandom,
  d03HtmldocsClean,
  f04SelftestsRun,
  t02Sparse,
  t03W1Warnings,
  t04GccExtra,
  t05StackUse,
  t10Coccinelle,
  t11ResultsUsed,
  t12SizeTold,
  b01EachCommitBuilds,
  b02CommonConfigs,
  b03SourceStaysClean,
  b04NoNewWarnings,
  b05OtherArchitectures,
  b06ClangBuilds,
  b07SmpAndPreempt,
  u09ErrorsOfBadCalls,
  u10NoLeak,
  x01BootsQuietly,
  x07ModelConformance,
  x08WorksOnNext,
  x02DebugConfig,
  x03LockdepAlive,
  x04PathsExercised,
  x05FailuresInjected,
  x06SanitizersQuiet,
];
