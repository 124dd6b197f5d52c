import { HBF_IOC_STATS } from "../../abi/ioctls/stats.ts";
import { HBF_HINT, HBF_HINT_SIZE_VER0 } from "../../abi/structs/hbf_hint.ts";
import { type Call, IOCTL_READ_ONLY, type IoctlCall } from "../../machine/calls.ts";
import type { Machine } from "../../machine/params.ts";
import { answerCall } from "../answer-case.ts";
import type { VectorClass } from "../class.ts";
import { openDevice } from "../hint-at.ts";
import { numbers } from "../numbers.ts";
import { askPages, pageHint, type Wish, wishesOf } from "../page-hint.ts";
import { isModelled } from "../run-model.ts";
import type { VectorDraft } from "../vector.ts";

const PAGE = 30;
const MMAP: Call = { op: "mmap", page: PAGE, npages: 8, kind: 0, prot: 3 };
const TRACE: Call = { op: "trace" };
const TOTALS: Call = { op: "totals" };
const STATS = answerCall(HBF_IOC_STATS, 0, { size: 264, poison: 0xaa });
/** Of the kernel's struct, with some of the next version. */
const SIZES = numbers(HBF_HINT_SIZE_VER0, HBF_HINT.size + 9);

/**
 * Whatever a hint does to pages is told in the results, the counters, the sums and the events; and
 * what keeps pages where they are: pins, a full node, results that can't be written.
 */
export const HELD: VectorClass = {
  name: "held",
  title: "results of every size, results that can't be written, pins, a full node, swap",
  since: "v3",
  generate: ({ machine }) =>
    wishesOf(machine)
      .flatMap((wish) => drafts(machine, wish))
      .filter(({ calls }) => isModelled(machine, calls)),
};

function drafts(machine: Machine, wish: Wish): readonly VectorDraft[] {
  const stories = machine.nodes.flatMap(({ hasMemory }, nid) =>
    hasMemory ? [...storiesOn(wish, nid), ...fullStories(machine, wish, nid)] : [],
  );
  return stories.map(([name, calls]) => ({
    id: `held-${name}-${wish.name}`,
    title: `${wish.name.replaceAll("-", " ")}: ${name.replaceAll("-", " ")}`,
    calls: [
      TRACE,
      TOTALS,
      openDevice(0),
      MMAP,
      ...calls,
      ...askPages(PAGE, 8),
      STATS,
      TOTALS,
      TRACE,
    ],
  }));
}

type Story = readonly [name: string, calls: readonly Call[]];

function storiesOn(wish: Wish, nid: number): readonly Story[] {
  const write: Call = { op: "write", page: PAGE, npages: 6, seed: 4, nid };
  const pin = (page: number, npages: number): Call => ({ op: "pin", page, npages });
  const hint = pageHint(wish, PAGE, 8);
  return [
    ...SIZES.map((size): Story => [`size-${size}-on-${nid}`, [write, sized(hint, size)]]),
    ...[64, 65, 72, 128, 136].map((size): Story => {
      const readOnly = { ...sized(hint, size), flags: IOCTL_READ_ONLY };
      return [`read-only-${size}-on-${nid}`, [write, readOnly, hint]];
    }),
    [`twice-on-${nid}`, [write, hint, hint]],
    [`pinned-on-${nid}`, [write, pin(PAGE + 1, 3), hint]],
    [`pinned-then-free-on-${nid}`, [write, pin(PAGE + 1, 3), hint, { op: "unpin" }, hint]],
    [`pinned-from-swap-on-${nid}`, [write, swap(), pin(PAGE, 6), hint]],
    [`swapped-on-${nid}`, [write, swap(), hint]],
    [
      `swapped-and-back-on-${nid}`,
      [write, swap(), { op: "read", page: PAGE, npages: 6, nid }, hint],
    ],
  ];
}

/** No other node has free memory: pages are on it, or want to go there. */
function fullStories({ nodes, homeNode }: Machine, wish: Wish, nid: number): readonly Story[] {
  const hint = pageHint(wish, PAGE, 8);
  const lay = (page: number, npages: number, from: number): Call => {
    return { op: "write", page, npages, seed: 4, nid: from };
  };
  const others = nodes.flatMap(({ hasMemory }, other) =>
    hasMemory && other !== homeNode && other !== nid ? [other] : [],
  );
  return others.flatMap((full): readonly Story[] => {
    const fill: Call = { op: "fill", nid: full };
    const all = lay(PAGE, 6, nid);
    const halves = [lay(PAGE, 3, nid), lay(PAGE + 3, 3, full)];
    return [
      [`full-${full}-on-${nid}`, [all, fill, hint]],
      [`full-${full}-twice-on-${nid}`, [all, fill, hint, hint]],
      [`full-${full}-partly-there-on-${nid}`, [...halves, fill, hint]],
    ];
  });
}

function swap(): Call {
  return { op: "swap-out", page: PAGE + 2, npages: 3 };
}

function sized(hint: IoctlCall, size: number): IoctlCall {
  const payload = new Uint8Array(Math.max(hint.payload.length, size));
  payload.set(hint.payload);
  new DataView(payload.buffer).setUint32(0, size, true);
  return { ...hint, payload };
}
