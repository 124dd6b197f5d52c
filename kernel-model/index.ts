export { ERRNO, type ErrnoName, formatRet } from "./abi/errno.ts";
export { HINT_OP, HINT_OP_NAMES, type HintOpName, NID_AUTO } from "./abi/hint-ops.ts";
export { HBF_IOC_MAGIC, type IoctlDef, ioc, ioctlNumber } from "./abi/ioctl.ts";
export { HBF_IOC_CAPS } from "./abi/ioctls/caps.ts";
export { HBF_IOC_HINT } from "./abi/ioctls/hint.ts";
export { IOCTLS } from "./abi/ioctls/registry.ts";
export { HBF_IOC_STATS } from "./abi/ioctls/stats.ts";
export { isSince, STAGES, type Stage } from "./abi/stage.ts";
export {
  type FieldDef,
  type ScalarType,
  type StructDef,
  type StructVersion,
  structSize,
} from "./abi/struct.ts";
export { HBF_CAPS, HBF_CAPS_SIZE_MIN } from "./abi/structs/hbf_caps.ts";
export { HBF_HINT, HBF_HINT_SIZE_VER0 } from "./abi/structs/hbf_hint.ts";
export { HBF_STATS } from "./abi/structs/hbf_stats.ts";
export { STRUCTS } from "./abi/structs/registry.ts";
export { decodeStruct } from "./codec/decode.ts";
export { encodeStruct } from "./codec/encode.ts";
export { type FieldLayout, layoutStruct, type U64Alignment } from "./codec/layout.ts";
export type { Endian, FieldValue, StructValue } from "./codec/values.ts";
export { argumentBytes } from "./machine/argument-bytes.ts";
export { CALLERS, type Caller, type CallerName, findCaller } from "./machine/caller.ts";
export type { Call, IoctlCall } from "./machine/calls.ts";
export { CHECK_ORDER, isInStage } from "./machine/check-order.ts";
export type { CheckRow } from "./machine/check-row.ts";
export { type ErrnoStep, errnoTable } from "./machine/errno-table.ts";
export { type Outcome, UnmodelledCallError } from "./machine/outcome.ts";
export { renderPageOutcomes } from "./machine/pages/render-page-outcomes.ts";
export { createMachine, type Machine } from "./machine/params.ts";
export { findPlatform, PLATFORMS, type Platform, X86_64 } from "./machine/platform.ts";
export { renderCheckOrderPage } from "./machine/render-check-order.ts";
export { initialState, type State } from "./machine/state.ts";
export { step } from "./machine/step.ts";
export { type TraceEvent, tracesOf } from "./machine/trace.ts";
export { checkHistory, type HistoryVerdict } from "./races/check-history.ts";
export { encodeRaces } from "./races/encode-races.ts";
export { generateRaces } from "./races/generate-races.ts";
export { partitionHistory } from "./races/partition.ts";
export type { Race, RaceCall, RaceEvent } from "./races/race.ts";
export { findTopology, TOPOLOGIES } from "./topology/registry.ts";
export { type NodeTier, predictTiers } from "./topology/tiers.ts";
export type { NodeDef, NodePerformance, SetupStep, Topology } from "./topology/topology.ts";
export { VECTOR_CLASSES } from "./vectors/classes/registry.ts";
export { type Comparison, compareResults, type Difference } from "./vectors/compare.ts";
export { describeVector, renderProgram } from "./vectors/describe.ts";
export { renderCPrograms } from "./vectors/emit/c-program.ts";
export { renderJsonLines } from "./vectors/emit/json-lines.ts";
export { renderKselftestHeader } from "./vectors/emit/kselftest/render-header.ts";
export { renderPrecedencePage } from "./vectors/emit/precedence-page.ts";
export { renderReproducer } from "./vectors/emit/reproducer.ts";
export { renderSyzlang } from "./vectors/emit/syzlang.ts";
export { GENERATED_STAGES, generateVectors, type VectorRequest } from "./vectors/generate.ts";
export { type InfeasiblePair, infeasiblePairs } from "./vectors/infeasible.ts";
export { pairCoverage, type RowPair, rowPairs } from "./vectors/pairs.ts";
export {
  type PrecedenceMatrix,
  type PrecedencePair,
  type PrecedenceRow,
  precedenceMatrix,
} from "./vectors/precedence.ts";
export { predictVectors } from "./vectors/predict-programs.ts";
export { type Retargeted, retargetVectors } from "./vectors/retarget.ts";
export {
  LONG_SET_VECTORS,
  VECTOR_SET_NAMES,
  type VectorSetName,
  vectorParts,
} from "./vectors/sets.ts";
export { exploreScope, type Scope, type StateGraph } from "./vectors/space/explore.ts";
export { smallScope } from "./vectors/space/small-scope.ts";
export type { ExpectedOutcome, Vector, VectorDraft, VectorSet } from "./vectors/vector.ts";
export { type DecodedImage, decodeImage, ImageError } from "./vectors/wire/decode-image.ts";
export {
  type CallResult,
  decodeResults,
  type ExpectedCounts,
  ResultsError,
  type ResultsProblem,
} from "./vectors/wire/decode-results.ts";
export { encodeImage } from "./vectors/wire/encode-image.ts";
export { encodeResults, modelResults } from "./vectors/wire/encode-results.ts";
export { renderWireHeader } from "./vectors/wire/render-header.ts";
export { outRoom } from "./vectors/wire/vocabulary.ts";
