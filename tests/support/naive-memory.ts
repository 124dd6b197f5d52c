/**
 * The address space of the naive model: a map from page to what is known of it, changed in place,
 * and pre- and postconditions in words of pages. It shares no code with the reference model.
 */
import {
  ADVICES,
  ANONYMOUS,
  count,
  DEVMEM,
  fresh,
  HUGETLB,
  lettersOf,
  marksAfter,
  type NaiveMemoryCall,
  type NaivePage,
  populationOf,
  READ_ONLY_FILE,
  refusalOf,
  refusesPopulation,
  reprotect,
  SECRET,
  SHMEM,
  STACK,
} from "./naive-page.ts";

export class NaiveMemory {
  #pages: Map<number, NaivePage>;

  constructor(pages: ReadonlyMap<number, NaivePage> = new Map()) {
    this.#pages = new Map(pages);
  }

  at(number: number): NaivePage | undefined {
    return this.#pages.get(number);
  }

  /** What a child has after fork. */
  child(): NaiveMemory {
    const kept = [...this.#pages].filter(([, { marks }]) => !marks.includes("dc"));
    return new NaiveMemory(
      new Map(kept.map(([number, page]) => [number, { ...page, lock: "", uffd: 0 }])),
    );
  }

  /** Runs of pages that look alike, as the runner lists mappings. */
  maps(): string {
    let text = "";
    let [start, shown] = [0, "hole"];
    for (let number = 0; number <= 512; number += 1) {
      const page = this.#pages.get(number);
      const letters = page === undefined ? "hole" : lettersOf(page);
      if (letters === shown) continue;
      if (shown !== "hole") text += `${`${start} ${number - start} ${shown}`.trim()}\n`;
      [start, shown] = [number, letters];
    }
    return text;
  }

  /** What the call returns; null when more than one answer is right. */
  call(call: NaiveMemoryCall): number | null {
    const huge = call.op === "mmap" && call.kind === HUGETLB;
    const numbers = count(call.page, huge && call.page === 0 ? 512 : call.npages);
    const part = numbers.some(
      (number) => this.#pages.get(number)?.kind === HUGETLB && numbers.length !== 512,
    );
    switch (call.op) {
      case "mmap":
        if (huge && call.page !== 0) return -22;
        if (numbers.some((number) => this.#pages.has(number))) return -17;
        if (call.kind === READ_ONLY_FILE && call.prot & 2) return -13;
        if (call.kind === SECRET && call.prot & 4) return -1;
        this.#lay(numbers, {
          ...fresh(call.kind, call.prot),
          marks: call.kind === DEVMEM || call.kind === SECRET ? "dd" : "",
        });
        return 0;
      case "brk":
        return this.#brk(numbers);
      case "munmap":
        if (part) return -22;
        for (const number of numbers) this.#pages.delete(number);
        return 0;
      case "mremap":
        return this.#mremap(call);
      case "madvise":
        return this.#madvise(numbers, call.advice);
      case "uffd":
        return this.#uffd(numbers, 1, part);
      case "uffd-mode":
        return this.#uffd(numbers, call.mode, part);
      case "touch":
        return numbers.every((number) => this.#touch(number)) ? 0 : -14;
      case "mprotect":
        return this.#upToHole(numbers, (page) => reprotect(page, call.prot, part));
      case "pkey":
        this.#upToHole(numbers, (page) => {
          const changed = reprotect(page, call.prot, part);
          return typeof changed === "number" ? changed : { ...changed, denied: call.rights };
        });
        return null;
      case "mlock":
      case "munlock":
        return this.#lockLater(numbers, call.op === "munlock" ? "" : "lo lf");
      case "mlock-now":
        return this.#lockNow(numbers);
    }
  }

  #lay(numbers: readonly number[], page: NaivePage): void {
    for (const number of numbers) this.#pages.set(number, page);
  }

  /** Applied in order, up to a hole or a refusal. */
  #upToHole(numbers: readonly number[], change: (page: NaivePage) => NaivePage | number): number {
    for (const number of numbers) {
      const page = this.#pages.get(number);
      if (page === undefined) return -12;
      const changed = change(page);
      if (typeof changed === "number") return changed;
      this.#pages.set(number, changed);
    }
    return 0;
  }

  /** A page has to stay free behind the heap, and 257 in front of a stack. */
  #brk(numbers: readonly number[]): number {
    const last = numbers.at(-1) ?? 0;
    if (count(numbers[0] ?? 0, numbers.length + 1).some((number) => this.#pages.has(number))) {
      return -12;
    }
    const next = count(last + 1, 512).find((number) => this.#pages.has(number));
    const isStack = next !== undefined && this.#pages.get(next)?.kind === STACK;
    if (isStack && next - 256 < last + 2) return -12;
    this.#lay(numbers, fresh(0, 3));
    return 0;
  }

  #lock(numbers: readonly number[], lock: NaivePage["lock"]): number {
    const never = [DEVMEM, HUGETLB, SECRET];
    return this.#upToHole(numbers, (page) =>
      never.includes(page.kind) ? page : { ...page, lock },
    );
  }

  /** Memory that can't be locked is not marked, and then populated after all. */
  #lockLater(numbers: readonly number[], lock: NaivePage["lock"]): number {
    const ret = this.#lock(numbers, lock);
    if (ret !== 0 || lock === "") return ret;
    return numbers.some((number) => this.#pages.get(number)?.kind === SECRET) ? -12 : 0;
  }

  #lockNow(numbers: readonly number[]): number | null {
    const ret = this.#lock(numbers, "lo");
    if (ret !== 0) return ret;
    const pages = numbers.flatMap((number) => this.#pages.get(number) ?? []);
    if (pages.some(refusesPopulation)) return -12;
    return pages.some(({ kind, prot }) => kind !== DEVMEM && prot === 4) ? null : 0;
  }

  #uffd(numbers: readonly number[], mode: number, part: boolean): number {
    const there = numbers.filter((number) => this.#pages.has(number));
    if (mode < 1 || mode > 7 || there.length === 0) return -22;
    for (const number of there) {
      const kind = this.#pages.get(number)?.kind ?? 0;
      const allowed = mode & 4 ? SHMEM : [...SHMEM, ...ANONYMOUS];
      if (kind !== HUGETLB && !allowed.includes(kind)) return -22;
      if (kind === READ_ONLY_FILE) return -1;
      if (part && kind === HUGETLB) return -22;
    }
    this.#upToHole(there, (page) => ((page.uffd & mode) === mode ? page : { ...page, uffd: mode }));
    return 0;
  }

  #madvise(numbers: readonly number[], advice: number): number {
    if (advice === 22 || advice === 23) {
      return this.#upToHole(numbers, (page) => populationOf(page, advice === 23) || page);
    }
    if (!ADVICES.includes(advice)) return -22;
    let holes = false;
    for (const [index, number] of numbers.entries()) {
      const page = this.#pages.get(number);
      holes ||= page === undefined;
      if (page === undefined) continue;
      const before = this.#pages.get(number - 1);
      const begins = index === 0 || before?.kind !== HUGETLB;
      const refusal = refusalOf(page, advice, begins && number % 512 !== 0);
      if (refusal !== 0) return refusal;
      const all = marksAfter(page, advice);
      if (all !== page.marks && page.kind === HUGETLB && numbers.length !== 512) return -22;
      this.#pages.set(number, { ...page, marks: all });
    }
    return holes ? -12 : 0;
  }

  #touch(number: number): boolean {
    const next = count(number, 512 - number).find((one) => this.#pages.has(one));
    const above = next === undefined ? undefined : this.#pages.get(next);
    if (above === undefined || next === undefined) return false;
    if (next > number) {
      if (above.kind !== STACK) return false;
      const below = [...this.#pages.keys()].filter((one) => one < number);
      const nearest = this.#pages.get(Math.max(...below));
      const stops = nearest !== undefined && nearest.kind !== STACK && nearest.prot !== 0;
      if (stops && number - Math.max(...below) - 1 < 256) return false;
      this.#lay(count(number, next - number), above);
    }
    return (above.prot & 2) !== 0 && above.denied === 0;
  }

  #mremap(call: Extract<NaiveMemoryCall, { op: "mremap" }>): number {
    const { flags, page: from, npages, toPage, toPages } = call;
    const [mayMove, fixed, keep] = [flags & 1, flags & 2, flags & 4];
    if (flags > 7 || (fixed && !mayMove) || (keep && (!mayMove || npages !== toPages))) return -22;
    const first = this.#pages.get(from);
    if (first === undefined) return -14;
    // The one huge page can stay as it is, and nothing else.
    if (first.kind === HUGETLB) return from || toPage || toPages > 512 || fixed || keep ? -22 : 0;
    const grows = toPages > npages;
    const cut = count(from + toPages, npages - toPages);
    if (!fixed) {
      for (const number of cut) this.#pages.delete(number);
      if (!grows) return 0;
      if (!this.#alike(count(from, npages)) || first.kind === DEVMEM) return -14;
      const added = count(from + npages, toPages - npages);
      if (added.some((number) => this.#pages.has(number))) return -12;
      this.#lay(added, first);
      return 0;
    }
    if (from < toPage + toPages && toPage < from + npages) return -22;
    for (const number of [...count(toPage, toPages), ...cut]) this.#pages.delete(number);
    const moved = count(from, Math.min(npages, toPages));
    if (keep && first.kind === DEVMEM) return -22;
    if (!this.#alike(moved) || (grows && first.kind === DEVMEM)) return -14;
    for (const number of moved) {
      if (keep) this.#pages.set(number, { ...first, lock: "" });
      else this.#pages.delete(number);
    }
    this.#lay(count(toPage, toPages), { ...first, uffd: 0 });
    return 0;
  }

  #alike(numbers: readonly number[]): boolean {
    const looks = numbers.map((number) => {
      const page = this.#pages.get(number);
      return page === undefined ? "" : `${page.kind} ${page.denied} ${lettersOf(page)}`;
    });
    return new Set(looks).size === 1;
  }
}
