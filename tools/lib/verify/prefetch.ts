/** A sequence whose first element can be made before it is asked for. */
export interface Prefetched<T> extends Iterable<T> {
  /** Makes the first element now, unless that was done. */
  readonly begin: () => void;
}

/** Lets a sequence begin while its user still waits for something else. */
export function prefetch<T>(source: Iterable<T>): Prefetched<T> {
  const iterator = source[Symbol.iterator]();
  let first: IteratorResult<T> | undefined;
  const begin = (): void => {
    first ??= iterator.next();
  };
  function* all(): Generator<T> {
    begin();
    for (let next = first; next !== undefined && next.done !== true; next = iterator.next()) {
      yield next.value;
    }
  }
  return { begin, [Symbol.iterator]: all };
}
