import type { Shard } from "../../../checks/shard.ts";
import { ToolError } from "../../lib/error.ts";

const MOST = 1000;

/** Reads `i/n`. @throws ToolError `bad-shard` (user) */
export function parseShard(text: string): Shard {
  const [, index = 0, total = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (index >= 1 && index <= total && total <= MOST) return { index, total };
  throw new ToolError(`'${text}' is no shard: the first of three is 1/3`, {
    kind: "user",
    code: "bad-shard",
    hints: ["rfckit ready --shard 1/3"],
  });
}
