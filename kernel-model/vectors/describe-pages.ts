import type { PageCall } from "../machine/pages/call-types.ts";

/** A call about memory and where it is, in the manner of C. */
export function renderPageCall(call: PageCall): string {
  if (call.op === "unpin") return "unpin();";
  if (call.op === "fill") return `use_all_memory_of(/* node */ ${call.nid});`;
  const range = `arena + ${call.page} * PAGE, ${call.npages} * PAGE`;
  switch (call.op) {
    case "write":
      return `write_pattern(${range}, ${call.seed});${bound(call.nid)}`;
    case "read":
      return `read_patterns(${range});${bound(call.nid)}`;
    case "where":
      return `move_pages(0, ${call.npages}, each_page(${range}), NULL, status, 0);`;
    case "pin":
      return `pin_longterm(${range});`;
    case "swap-out":
      return `madvise(${range}, MADV_PAGEOUT);`;
  }
}

function bound(nid: number): string {
  return nid < 0 ? "" : ` /* with MPOL_BIND to node ${nid} */`;
}
