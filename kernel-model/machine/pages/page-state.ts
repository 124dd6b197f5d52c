/** A page of memory with its contents, or a large one of several base pages. */
export interface Folio {
  readonly id: number;
  readonly node: number;
  /** For each base page the tag of what it holds: 0 is zeros. */
  readonly tags: readonly number[];
  /** Somebody has it pinned for long (FOLL_LONGTERM). */
  readonly pinned: boolean;
  /** False for memory of memfd_secret(). */
  readonly movable: boolean;
  /** MADV_FREE was said of it: reclaim would forget it. */
  readonly freed?: true;
}

/** What a page table says of one page; a page without an entry is absent. */
export type PageEntry =
  | { readonly kind: "zero" }
  | { readonly kind: "swapped"; readonly tag: number }
  | {
      readonly kind: "anon" | "file";
      readonly folio: number;
      /** Base page of the folio. */
      readonly index: number;
      /** PageAnonExclusive: a write needs no copy. */
      readonly exclusive: boolean;
    };

/** By absolute page number. */
export type PageTable = Readonly<Record<number, PageEntry>>;

/** Folios by id. */
export type Folios = Readonly<Record<number, Folio>>;

/** What files have in memory: by file and page of the file the folio. */
export type PageCache = Readonly<Record<number, Readonly<Record<number, number>>>>;

/** All memory that processes of a vector have. */
export interface Memory {
  readonly folios: Folios;
  readonly cache: PageCache;
  /** Nodes that FILL has left no memory on: bit for each. */
  readonly full: number;
  /** PIN was called and UNPIN was not, whatever became of the pages. */
  readonly pinning: boolean;
}

/** Before anything was touched. */
export const NO_PAGES: PageTable = {};
export const NO_MEMORY: Memory = { folios: {}, cache: {}, full: 0, pinning: false };
