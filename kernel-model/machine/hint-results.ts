import { HBF_HINT, HBF_HINT_SIZE_VER0 } from "../abi/structs/hbf_hint.ts";
import { encodeStruct } from "../codec/encode.ts";
import type { HintRequest } from "./hint-request.ts";
import type { PageCounts } from "./pages/page-counts.ts";

/** The bytes of struct hbf_hint from the results on. */
export function encodeResults(counts: PageCounts, { state }: HintRequest): Uint8Array {
  const { pages, absent, already, moved, skipped, failed } = counts;
  const { pages: geometry, platform } = state.machine;
  const results = {
    ...{ nr_pages: BigInt(pages), nr_absent: BigInt(absent), nr_already: BigInt(already) },
    ...{ nr_moved: BigInt(moved), nr_skipped: BigInt(skipped), nr_failed: BigInt(failed) },
    done_len: BigInt(pages) * BigInt(geometry.pageSize),
  };
  return encodeStruct(HBF_HINT, results, platform.byteOrder).subarray(HBF_HINT_SIZE_VER0);
}
