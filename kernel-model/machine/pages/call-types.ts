/** Fills pages with a pattern, and gets the memory for them from a node. */
export interface WriteCall {
  readonly op: "write";
  readonly page: number;
  readonly npages: number;
  /** 1 to 255: tells patterns apart. */
  readonly seed: number;
  /** Of the memory, or -1 for what the kernel gives. */
  readonly nid: number;
}

/** Reads pages, with memory from a node, and says what pattern each holds. */
export interface ReadCall {
  readonly op: "read";
  readonly page: number;
  readonly npages: number;
  readonly nid: number;
}

/**
 * `where` says on which node each page is; `pin` pins pages for long, one range at a time;
 * `swap-out` writes them to swap.
 */
export interface PagesCall {
  readonly op: "where" | "pin" | "swap-out";
  readonly page: number;
  readonly npages: number;
}

/** Ends what `pin` began. */
export interface UnpinCall {
  readonly op: "unpin";
}

/** Takes all free memory of a node, up to the end of the vector. */
export interface FillCall {
  readonly op: "fill";
  readonly nid: number;
}

/** The calls about memory and where it is. */
export type PageCall = WriteCall | ReadCall | PagesCall | UnpinCall | FillCall;
