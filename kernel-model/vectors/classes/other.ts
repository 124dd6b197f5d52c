import { HBF_IOC_CAPS } from "../../abi/ioctls/caps.ts";
import { HBF_IOC_STATS } from "../../abi/ioctls/stats.ts";
import { type Call, FILE_OP, OTHER_FILE } from "../../machine/calls.ts";
import { answerCall } from "../answer-case.ts";
import type { VectorClass } from "../class.ts";
import { hintAt, hintOf, openDevice } from "../hint-at.ts";
import { validSpec } from "../hint-spec.ts";
import type { VectorDraft } from "../vector.ts";

const QUESTIONS: readonly (readonly [string, Call])[] = [
  ["hint", hintAt(0, "demote", 8, 1)],
  ["bad-hint", hintOf(0, { ...validSpec("demote"), size: 0 })],
  ["caps", answerCall(HBF_IOC_CAPS, 0, { size: 40, poison: 0xaa })],
  ["stats", answerCall(HBF_IOC_STATS, 0, { size: 264, poison: 0xaa })],
  ["unknown", hintOf(0, { ...validSpec("demote"), cmd: 0xc040bb03 })],
];

/** Our commands on files of others: they belong to nobody there, whatever they say. */
export const OTHER: VectorClass = {
  name: "other",
  title: "commands of the device on a pipe, /dev/null, a file, a directory and others",
  generate: () => [
    ...Object.entries(OTHER_FILE).flatMap(([file, which]) => {
      const open: Call = { op: "open-other", slot: 0, which };
      const dup: Call = { op: "fileop", slot: 0, which: FILE_OP.dup, target: 1 };
      return [
        ...QUESTIONS.map(([name, question]) => draft(`${file}-${name}`, [open, question])),
        draft(`${file}-dup`, [open, dup, hintAt(1, "demote", 8, 1)]),
        draft(`${file}-close`, [open, { op: "close", slot: 0 }, hintAt(0, "demote", 8, 1)]),
        draft(`${file}-then-device`, [
          open,
          openDevice(0),
          { op: "close", slot: 0 },
          openDevice(0),
          hintAt(0, "demote", 8, 1),
        ]),
      ];
    }),
  ],
};

function draft(name: string, calls: readonly Call[]): VectorDraft {
  return { id: `other-${name}`, title: `files of others: ${name.replaceAll("-", " ")}`, calls };
}
