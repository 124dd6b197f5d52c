import { EXIT } from "../lib/error.ts";

export async function main(argv: readonly string[]): Promise<number> {
  console.error(`not wired: ${argv.join(" ")}`);
  return EXIT.usage;
}
