import type { ReviewContext, ReviewedPatch } from "../context.ts";
import { type NewSymbol, newSymbols } from "./new-symbols.ts";

/** A symbol that the series adds, with the patch that does. */
export interface AddedSymbol extends NewSymbol {
  readonly mail: ReviewedPatch;
  readonly path: string;
}

/** Every symbol that the series adds. */
export function addedSymbols({ patches }: ReviewContext): AddedSymbol[] {
  return patches.flatMap((mail) =>
    mail.parsed.files.flatMap((file) =>
      newSymbols(file).map((symbol) => ({ ...symbol, mail, path: file.path })),
    ),
  );
}

/** The symbols that switch what the series adds: asked for, and neither test nor sample. */
export function featureSymbols(context: ReviewContext): AddedSymbol[] {
  return addedSymbols(context).filter(
    ({ hasPrompt, path, name }) =>
      hasPrompt && !path.startsWith("samples/") && !/KUNIT|_TEST\b|^TEST_|SAMPLE/.test(name),
  );
}

/** A configuration with every feature of the series on. */
export function featuresOn(context: ReviewContext): Record<string, string> {
  return Object.fromEntries(featureSymbols(context).map(({ name }) => [name, "y"]));
}
