import { join } from "node:path";
import type { TreeEffects } from "../../../checks/tree-effects.ts";
import { contentKey, openContentStore } from "../../lib/fs/content-store.ts";
import { GET_MAINTAINER_FLAGS, getMaintainers } from "../../lib/kernel/get-maintainers.ts";
import type { ToolsDir } from "./tools-checkout.ts";

export interface MaintainersWork {
  readonly cacheDir: string;
  readonly useCache: boolean;
  readonly signal: AbortSignal;
  readonly withToolsDir: <Result>(use: (tools: ToolsDir) => Promise<Result>) => Promise<Result>;
  /** The base's id, which stands for the script and what it reads, and MAINTAINERS of the tip. */
  readonly tree: () => Promise<{ readonly base: string; readonly maintainers: string }>;
  /** How many processes may run at once. */
  readonly atOnce: number;
}

/** Asks get_maintainer.pl about patches: once for each, whichever rules and runs want to know. */
export function openMaintainers(work: MaintainersWork): TreeEffects["maintainersOf"] {
  const { cacheDir, useCache, signal, withToolsDir } = work;
  const store = openContentStore(join(cacheDir, "maintainers"));
  const turn = inTurn(work.atOnce);
  const tempRoot = join(cacheDir, "tmp");
  const ask = async (patch: Uint8Array): Promise<readonly string[]> => {
    const { base, maintainers } = await work.tree();
    const key = contentKey([...GET_MAINTAINER_FLAGS, base, maintainers, patch]);
    const known = useCache ? await store.readBytes(key) : undefined;
    if (known !== undefined) return JSON.parse(new TextDecoder().decode(known)) as string[];
    const found = await turn(() =>
      withToolsDir(({ dir: toolsDir }) =>
        getMaintainers({ toolsDir, maintainers, patch, tempRoot, signal }),
      ),
    );
    // Whoever wrote the commit that a patch mends is named, too, where the repository has it.
    if (!FIXES.test(new TextDecoder("latin1").decode(patch))) {
      await store.writeBytes(key, JSON.stringify(found));
    }
    return found;
  };
  const answers = new Map<Uint8Array, Promise<readonly string[]>>();
  return ({ bytes }) => {
    const answer = answers.get(bytes) ?? ask(bytes);
    answers.set(bytes, answer);
    return answer;
  };
}

const FIXES = /^fixes:/im;

/** Lets a number of calls run at once, and the others wait. */
function inTurn(limit: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const lanes = Array.from({ length: limit }, () => Promise.resolve());
  let next = 0;
  return async (work) => {
    const lane = next++ % limit;
    const result = (lanes[lane] ?? Promise.resolve()).then(work);
    lanes[lane] = result.then(
      () => {},
      () => {},
    );
    return await result;
  };
}
