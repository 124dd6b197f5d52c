import { HBF_IOC_CAPS } from "../../abi/ioctls/caps.ts";
import { HBF_IOC_STATS } from "../../abi/ioctls/stats.ts";
import { type Call, FILE_OP, OPEN_MODE } from "../../machine/calls.ts";
import { answerCall } from "../answer-case.ts";
import type { GeneratorContext, VectorClass } from "../class.ts";
import { hintAt, openDevice } from "../hint-at.ts";
import { predict } from "../predict.ts";
import { isModelled } from "../run-model.ts";
import type { VectorDraft } from "../vector.ts";
import { BITS } from "./bits.ts";
import { OP } from "./op.ts";
import { PAIR } from "./pair.ts";
import { SINGLE } from "./single.ts";

const TRACE: Call = { op: "trace" };

/** The events of every kind of answer: which step refused it, with which members. */
export const TRACED: VectorClass = {
  name: "traced",
  title: "what the events say after every kind of HINT, and that other commands have none",
  since: "v2",
  generate: (context) =>
    [
      ...[SINGLE, OP, BITS].flatMap(({ generate }) => generate(context)),
      ...onePerPair(context),
      ...STORIES.map(([name, calls]) => ({ id: name, title: name.replaceAll("-", " "), calls })),
    ]
      .map(({ id, title, calls }) => ({
        id: `traced-${id}`,
        title: `events: ${title}`,
        calls: [TRACE, ...calls, TRACE],
      }))
      .filter(({ calls }) => isModelled(context.machine, calls)),
};

/**
 * Rows with one errno are told apart by the step in the event alone, so that their order shows
 * here only: each pair once for each operation.
 */
function onePerPair(context: GeneratorContext): readonly VectorDraft[] {
  const shown = new Set<string>();
  return PAIR.generate(context).filter(({ calls }) => {
    const { rows, answer } = predict(context.machine, calls);
    const op = lastHintOp(calls);
    const keys = rows.map((row) => `${answer} ${row} ${op}`);
    const isNew = keys.some((key) => !shown.has(key));
    for (const key of keys) shown.add(key);
    return isNew;
  });
}

/** Offset of op in struct hbf_hint. */
const HINT_OP = 4;

function lastHintOp(calls: readonly Call[]): number | undefined {
  const last = calls.at(-1);
  return last?.op === "ioctl" ? last.payload[HINT_OP] : undefined;
}

const STORIES: readonly (readonly [string, readonly Call[]])[] = [
  ["nothing", []],
  ["caps-has-none", [openDevice(0), answerCall(HBF_IOC_CAPS, 0, { size: 40 })]],
  ["stats-has-none", [openDevice(0), answerCall(HBF_IOC_STATS, 0, { size: 264 })]],
  ["refused-caps-has-none", [openDevice(0), answerCall(HBF_IOC_CAPS, 0, { size: 7 })]],
  ["closed-slot-has-none", [hintAt(0, "demote", 8, 1)]],
  [
    "read-only-file",
    [{ op: "open", slot: 0, flags: OPEN_MODE.rdonly, uid: 0 }, hintAt(0, "demote", 8, 1)],
  ],
  ["other-file-has-none", [{ op: "open-other", slot: 0, which: 0 }, hintAt(0, "demote", 8, 1)]],
  ["read-has-none", [openDevice(0), { op: "fileop", slot: 0, which: FILE_OP.read, target: 0 }]],
  ["in-order", [openDevice(0), hintAt(0, "demote", 8, 1), TRACE, hintAt(0, "promote", 8, 2)]],
  [
    "of-32-bits",
    [{ op: "fork" }, { op: "exec", bits: 32 }, openDevice(0), hintAt(0, "demote", 8, 1)],
  ],
  [
    "of-parent-and-child",
    [
      openDevice(0),
      { op: "fork" },
      hintAt(0, "demote", 8, 1),
      TRACE,
      { op: "exit" },
      hintAt(0, "promote", 8, 1),
    ],
  ],
];
