import type { ModelMutant } from "./edits.ts";

/** Why no vector can notice a change of the model. */
interface Reason {
  readonly file: RegExp;
  /** In the line as it was. */
  readonly before: RegExp;
  readonly after?: RegExp;
  readonly why: string;
}

const CODE = "a code for the guest: the model compares it with nothing but itself";
const NO_EVENT = "no event names the step of CAPS, of STATS or of what the VFS answers";
const NOT_SEEN = "a row that no caller is left to see, or that 64-bit kernels don't have";
const FROM_V3 = "of what v3 adds: no hint is carried out before";
const PAGES = "about pages, which are followed from v3 on";
const KEYS = "a CPU has protection keys or not: where the kernel may choose, nothing is compared";
const NOT_ASKED = "a command that the VFS takes for itself, which no vector asks";
const NO_SUCH_CALL = "against a call that no generator makes";

/** The first that fits counts. */
const REASONS: readonly Reason[] = [
  {
    file: /calls\.js$/,
    before: /^(?:pipe|null|regular|directory|memfd|eventfd|collapse):/,
    why: CODE,
  },
  { file: /calls\.js$/, before: /var (?:ALL_ACCESSIBLE|OPEN_MODE) =/, why: CODE },
  { file: /mmap-kinds\.js$/, before: /^kind\(/, after: /^kind\(/, why: CODE },
  { file: /process-regions\.js$/, before: /var PROCESS_REGIONS =/, why: CODE },
  { file: /(?:answer|file)-rows\.js$/, before: /^step:/, why: NO_EVENT },
  { file: /file-rows\.js$/, before: /^errno: "ENOMEM"/, why: NOT_SEEN },
  { file: /final-rows\.js$/, before: /^step: 21|^errno: "EINTR"/, why: NOT_SEEN },
  { file: /final-rows\.js$/, before: /^step: 22|^errno: "EFAULT"/, why: FROM_V3 },
  { file: /meaning-rows\.js$/, before: /^step: 1[17]|^errno: "EIN(?:TR|VAL)"/, why: NOT_SEEN },
  { file: /argument-rows\.js$/, before: /^step: 9|^errno: "EINVAL"/, why: FROM_V3 },
  { file: /hint-request\.js$/, before: /^(?:results|resv1)NonZero:/, why: FROM_V3 },
  { file: /interpret\.js$/, before: /var WORK_STEP =/, why: FROM_V3 },
  { file: /hint-call\.js$/, before: /WORK_STEP|"v3"|rows\.length === 1/, why: FROM_V3 },
  { file: /state\.js$|process-calls\.js$/, before: /hadPages|hadAnon/, why: PAGES },
  { file: /mapping-calls\.js$/, before: /followsPages/, why: PAGES },
  { file: /mremap-call\.js$/, before: /vma\.origin|pagesOf2/, why: PAGES },
  { file: /address-space\.js$/, before: /var PKEY_DENIES/, why: KEYS },
  { file: /address-space\.js$/, before: /=== b\.denied/, after: /!== b\.denied/, why: KEYS },
  { file: /scan-rows\.js$/, before: /^step: 19|^errno: "EINVAL"/, why: KEYS },
  { file: /hint-conditions\.js$/, before: /PKEY_DENIES/, why: KEYS },
  { file: /vfs-commands\.js$/, before: /^\d+,?$/, why: NOT_ASKED },
  { file: /arena-range\.js$/, before: /call\.page < 0/, why: NO_SUCH_CALL },
  { file: /file-calls\.js$/, before: /if \(slot < 0/, why: NO_SUCH_CALL },
  { file: /process-calls\.js$/, before: /^if \(bits !== 64/, why: NO_SUCH_CALL },
];

/** The reason that was found for a survivor, if one was. */
export function modelReasonFor({ file, before, after }: ModelMutant): string | undefined {
  return REASONS.find(
    (reason) =>
      reason.file.test(file) && reason.before.test(before) && (reason.after?.test(after) ?? true),
  )?.why;
}
