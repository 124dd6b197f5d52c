export { ERRNO, type ErrnoName, formatRet } from "./abi/errno.ts";
export { type IoctlDef, ioc, ioctlNumber } from "./abi/ioctl.ts";
export { STAGES, type Stage } from "./abi/stage.ts";
export type { Call } from "./machine/calls.ts";
export { createMachine, type Machine } from "./machine/params.ts";
export { findTopology, TOPOLOGIES } from "./topology/registry.ts";
export { type NodeTier, predictTiers } from "./topology/tiers.ts";
export type { NodeDef, NodePerformance, Topology } from "./topology/topology.ts";
export { type Comparison, compareResults, type Difference } from "./vectors/compare.ts";
export { generateVectors, type VectorRequest } from "./vectors/generate.ts";
export type { ExpectedOutcome, Vector, VectorSet } from "./vectors/vector.ts";
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
