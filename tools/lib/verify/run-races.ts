import {
  type CallResult,
  checkHistory,
  createMachine,
  decodeResults,
  encodeRaces,
  formatRet,
  generateRaces,
  initialState,
  partitionHistory,
  predictTiers,
  type Race,
  type RaceEvent,
  ResultsError,
  renderProgram,
  type State,
  type Topology,
  type VectorRequest,
} from "../../../kernel-model/index.ts";
import { contentKey } from "../fs/content-store.ts";
import { classifyGuest } from "./classify-guest.ts";
import type { Finding } from "./outcome.ts";
import { type GuestOutput, type GuestRun, runGuest } from "./run-guest.ts";
import { planShared } from "./shared-range.ts";

/** Races of a stage, and the kernel and machine to run them on. */
export interface RacesRequest {
  readonly stage: VectorRequest["stage"];
  /** How often each pair of operations runs, each time with other waits. */
  readonly rounds: number;
  /** Of the waits, and of the machine: the same seed gives the same interleavings. */
  readonly seed: number;
  readonly topology: Topology;
  /** What `uname -v` of the kernel begins with. */
  readonly version: string;
  readonly guest: Pick<GuestRun, "vmlinux" | "initramfs" | "limits" | "dir" | "duties"> &
    Partial<Pick<GuestRun, "cmdline" | "signal" | "qemu">>;
}

/** What came of them. */
export interface RacesEvidence {
  readonly findings: readonly Finding[];
  readonly races: number;
  /** Histories, or parts of them, for which some order of the calls agrees with the model. */
  readonly linearizable: number;
  /** Races in which calls of different tasks overlapped. */
  readonly overlapping: number;
  /** SHA-256; equal for equal kernel, seed and races. */
  readonly consoleHash: string;
  readonly resultsHash: string;
  readonly command: string;
}

/** Histories are short: most are decided within a hundred. */
const MAX_STEPS = 50_000;

/**
 * Lets tasks make calls at once, in a machine whose every run is the same to the bit, and accepts a
 * history only if some order of its calls agrees with the model. A guest that stops is told as in
 * any other run.
 */
export async function runRaces(request: RacesRequest): Promise<RacesEvidence> {
  const { stage, seed, topology } = request;
  const races = generateRaces(stage, request.rounds);
  const image = encodeRaces(seed, races);
  const nrCalls = races.reduce((sum, { calls }) => sum + calls.length, 0);
  const outBytes = image.length;
  const layout = planShared({ imageBytes: image.length, nrCalls, outBytes });
  const output = await runGuest({
    ...request.guest,
    ...{ topology, accel: "tcg", allCpus: true, exactSeed: seed, layout, image },
  });
  const { results, problem } = readResults(output, races.length, nrCalls);
  const findings = classifyGuest({
    ...output,
    ...{ duties: request.guest.duties ?? [], resultsProblem: problem },
    expected: { version: request.version, tiers: predictTiers(topology), caller: "root" },
  });
  const initial = initialState(createMachine(topology, stage));
  const judged = findings.some(({ kind }) => kind.startsWith("wrong-"))
    ? []
    : judgeRaces(initial, races, results);
  return {
    findings: [...judged.flatMap(({ finding }) => (finding ? [finding] : [])), ...findings],
    races: races.length,
    linearizable: judged.filter(({ finding }) => finding === undefined).length,
    overlapping: judged.filter(({ isOverlapping }) => isOverlapping).length,
    consoleHash: contentKey([output.console]),
    resultsHash: contentKey([output.results]),
    command: output.command,
  };
}

function readResults(
  output: GuestOutput,
  vectors: number,
  calls: number,
): { readonly results: readonly CallResult[]; readonly problem: string | undefined } {
  try {
    return { results: decodeResults(output.results, { vectors, calls }), problem: undefined };
  } catch (error) {
    if (!(error instanceof ResultsError)) throw error;
    return { results: error.results, problem: error.message };
  }
}

interface Judged {
  readonly finding: Finding | undefined;
  readonly isOverlapping: boolean;
}

function judgeRaces(
  initial: State,
  races: readonly Race[],
  results: readonly CallResult[],
): readonly Judged[] {
  let next = 0;
  return races.flatMap((race): Judged[] => {
    const own = results.slice(next, next + race.calls.length);
    next += race.calls.length;
    if (own.length < race.calls.length) return [];
    const events = eventsOf(race, own);
    const racing = events.filter(({ task }) => task !== 0);
    const isOverlapping = racing.some((one) =>
      racing.some(
        (two) =>
          one.task < two.task && one.invokedAt < two.returnedAt && two.invokedAt < one.returnedAt,
      ),
    );
    return [{ finding: judgeHistory(initial, race, events), isOverlapping }];
  });
}

/** Calls made alone lie before or after all that run at once. */
function eventsOf(race: Race, results: readonly CallResult[]): readonly RaceEvent[] {
  const firstRacing = race.calls.findIndex(({ task }) => task !== 0);
  const far = 2 ** 32;
  return race.calls.map((entry, index) => {
    const { ret = 0, out = new Uint8Array(), digest = 0n } = results[index] ?? {};
    const alone = index < firstRacing ? -far + 2 * index : far + 2 * index;
    const invokedAt = entry.task === 0 ? alone : Number(digest >> 32n);
    const returnedAt = entry.task === 0 ? alone + 1 : Number(digest & 0xffffffffn);
    return { ...entry, invokedAt, returnedAt, ret, out };
  });
}

function judgeHistory(
  initial: State,
  race: Race,
  events: readonly RaceEvent[],
): Finding | undefined {
  for (const part of partitionHistory(events)) {
    const verdict = checkHistory(initial, part, MAX_STEPS);
    if (verdict.kind === "linearizable") continue;
    const what =
      verdict.kind === "undecided"
        ? `no order of the calls was found in ${MAX_STEPS} steps`
        : "no order of the calls agrees with the model";
    return {
      ...{ kind: "differs", what, consoleLines: [] },
      vector: {
        ...{ id: race.id, title: `calls of ${race.tasks} at once`, rows: [] },
        ...{ program: describeEvents(part), step: part.length - 1 },
        ...{ predicted: "some order of the calls", observed: what },
      },
    };
  }
  return undefined;
}

/** In the order in which they returned; calls made at the same time have overlapping numbers. */
function describeEvents(events: readonly RaceEvent[]): readonly string[] {
  const sorted = events.toSorted((a, b) => a.returnedAt - b.returnedAt);
  return sorted.map(({ call, task, invokedAt, returnedAt, ret }) => {
    const when = task === 0 ? "alone" : `task ${task}, ${invokedAt} to ${returnedAt}`;
    return `${renderProgram([call]).join("; ")} = ${formatRet(ret)}   [${when}]`;
  });
}
