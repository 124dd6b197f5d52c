import { HBF_IOC_CAPS } from "../../abi/ioctls/caps.ts";
import { HBF_IOC_STATS } from "../../abi/ioctls/stats.ts";
import { type Call, FILE_OP, OPEN_MODE } from "../../machine/calls.ts";
import { answerCall } from "../answer-case.ts";
import type { VectorClass } from "../class.ts";
import { hintAt, openDevice } from "../hint-at.ts";
import { isModelled } from "../run-model.ts";
import { BITS } from "./bits.ts";
import { OP } from "./op.ts";
import { PAIR } from "./pair.ts";
import { SINGLE } from "./single.ts";

const TRACE: Call = { op: "trace" };
/** Pairs of rows are many: every so many of them. */
const PAIR_STRIDE = 4;

/** The events of every kind of answer: which step refused it, with which members. */
export const TRACED: VectorClass = {
  name: "traced",
  title: "what the events say after every kind of HINT, and that other commands have none",
  since: "v2",
  generate: (context) =>
    [
      ...[SINGLE, OP, BITS].flatMap(({ generate }) => generate(context)),
      ...PAIR.generate(context).filter((_, index) => index % PAIR_STRIDE === 0),
      ...STORIES.map(([name, calls]) => ({ id: name, title: name.replaceAll("-", " "), calls })),
    ]
      .map(({ id, title, calls }) => ({
        id: `traced-${id}`,
        title: `events: ${title}`,
        calls: [TRACE, ...calls, TRACE],
      }))
      .filter(({ calls }) => isModelled(context.machine, calls)),
};

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
