import type { DocRule } from "./doc-rule.ts";
import { abiPromise } from "./rules/abi-promise.ts";
import { adornmentOrder } from "./rules/adornment-order.ts";
import { apiContext } from "./rules/api-context.ts";
import { brokenLink } from "./rules/broken-link.ts";
import { claimNeedsNumber } from "./rules/claim-needs-number.ts";
import { codeLanguage } from "./rules/code-language.ts";
import { codeSample } from "./rules/code-sample.ts";
import { commitReference } from "./rules/commit-reference.ts";
import { configMatrix } from "./rules/config-matrix.ts";
import { discouragedTable } from "./rules/discouraged-table.ts";
import { duplicateLabel } from "./rules/duplicate-label.ts";
import { duplicateTitle } from "./rules/duplicate-title.ts";
import { fenceLanguage } from "./rules/fence-language.ts";
import { hardwareFact } from "./rules/hardware-fact.ts";
import { headingOrder } from "./rules/heading-order.ts";
import { kernelDocReference } from "./rules/kernel-doc-reference.ts";
import { lineLength } from "./rules/line-length.ts";
import { listMarker } from "./rules/list-marker.ts";
import { longLiteral } from "./rules/long-literal.ts";
import { loreLink } from "./rules/lore-link.ts";
import { malformedDirective } from "./rules/malformed-directive.ts";
import { malformedLink } from "./rules/malformed-link.ts";
import { malformedRole } from "./rules/malformed-role.ts";
import { markdownInRst } from "./rules/markdown-in-rst.ts";
import { missingBlankLine } from "./rules/missing-blank-line.ts";
import { missingInclude } from "./rules/missing-include.ts";
import { numberNeedsProvenance } from "./rules/number-needs-provenance.ts";
import { overclaim } from "./rules/overclaim.ts";
import { redundantCRole } from "./rules/redundant-c-role.ts";
import { repeatedWord } from "./rules/repeated-word.ts";
import { requiredSections } from "./rules/required-sections.ts";
import { rstSyntax } from "./rules/rst-syntax.ts";
import { sampleCompiles } from "./rules/sample-compiles.ts";
import { seriesValue } from "./rules/series-value.ts";
import { spdxLine1 } from "./rules/spdx-line-1.ts";
import { spelling } from "./rules/spelling.ts";
import { staleVocabulary } from "./rules/stale-vocabulary.ts";
import { tabsInProse } from "./rules/tabs-in-prose.ts";
import { titleUnderline } from "./rules/title-underline.ts";
import { toctreeEntry } from "./rules/toctree-entry.ts";
import { toctreeOrphan } from "./rules/toctree-orphan.ts";
import { trailingWhitespace } from "./rules/trailing-whitespace.ts";
import { typography } from "./rules/typography.ts";
import { undefinedConfig } from "./rules/undefined-config.ts";
import { undefinedConstant } from "./rules/undefined-constant.ts";
import { undefinedDocument } from "./rules/undefined-document.ts";
import { undefinedFunction } from "./rules/undefined-function.ts";
import { undefinedLabel } from "./rules/undefined-label.ts";
import { undefinedPath } from "./rules/undefined-path.ts";
import { undefinedType } from "./rules/undefined-type.ts";
import { undocumentedInterface } from "./rules/undocumented-interface.ts";
import { unknownCommand } from "./rules/unknown-command.ts";
import { unknownRole } from "./rules/unknown-role.ts";
import { versionLanguage } from "./rules/version-language.ts";

/** Every rule for documents. */
export const DOC_RULES: readonly DocRule[] = [
  abiPromise,
  adornmentOrder,
  apiContext,
  brokenLink,
  claimNeedsNumber,
  codeLanguage,
  codeSample,
  commitReference,
  configMatrix,
  discouragedTable,
  duplicateLabel,
  duplicateTitle,
  fenceLanguage,
  hardwareFact,
  headingOrder,
  kernelDocReference,
  lineLength,
  listMarker,
  longLiteral,
  loreLink,
  malformedDirective,
  malformedLink,
  malformedRole,
  markdownInRst,
  missingBlankLine,
  missingInclude,
  numberNeedsProvenance,
  overclaim,
  redundantCRole,
  repeatedWord,
  requiredSections,
  rstSyntax,
  sampleCompiles,
  seriesValue,
  spdxLine1,
  spelling,
  staleVocabulary,
  tabsInProse,
  titleUnderline,
  toctreeEntry,
  toctreeOrphan,
  trailingWhitespace,
  typography,
  undefinedConfig,
  undefinedConstant,
  undefinedDocument,
  undefinedFunction,
  undefinedLabel,
  undefinedPath,
  undefinedType,
  undocumentedInterface,
  unknownCommand,
  unknownRole,
  versionLanguage,
];
