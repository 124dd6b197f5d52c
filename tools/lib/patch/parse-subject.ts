/** The subject of a patch mail, taken apart. */
export interface PatchSubject {
  /** Words before `PATCH` in the brackets and after it, without version and numbers. */
  readonly tags: readonly string[];
  /** N of `vN`, 1 when it is not written. */
  readonly version: number;
  /** As it is written, such as `01`; undefined for a patch that is not numbered. */
  readonly number: string | undefined;
  readonly total: number | undefined;
  /** The subject of the commit: what follows the brackets. */
  readonly text: string;
}

/**
 * Takes a subject apart; undefined when it does not begin with `[... PATCH ...]`.
 *
 * @param subject unfolded header value
 */
export function parseSubject(subject: string): PatchSubject | undefined {
  const [, inside, text] = /^\[([^\]]*\bPATCH\b[^\]]*)\] +(.*)$/.exec(subject) ?? [];
  if (inside === undefined || text === undefined) return undefined;
  const words = inside.split(/\s+/).filter((word) => word !== "" && word !== "PATCH");
  const version = words.find((word) => /^v\d+$/.test(word));
  const counted = words.find((word) => /^\d+\/\d+$/.test(word));
  const [number, total] = counted?.split("/") ?? [];
  return {
    tags: words.filter((word) => word !== version && word !== counted),
    version: Number(version?.slice(1) ?? 1),
    number,
    total: total === undefined ? undefined : Number(total),
    text,
  };
}
