/**
 * A pattern for whole words.
 *
 * @param flags of the pattern
 * @param alternatives what any of may stand there, as patterns
 */
export function wordPattern(flags: string, ...alternatives: readonly string[]): RegExp {
  return new RegExp(`\\b(?:${alternatives.join("|")})\\b`, flags);
}
