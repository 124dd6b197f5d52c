/**
 * The errno values that the interface and the calls around it can return
 * (include/uapi/asm-generic/errno-base.h).
 */
export const ERRNO = {
  EPERM: 1,
  ENOENT: 2,
  EINTR: 4,
  E2BIG: 7,
  EBADF: 9,
  ENOMEM: 12,
  EACCES: 13,
  EFAULT: 14,
  EBUSY: 16,
  EEXIST: 17,
  ENODEV: 19,
  EINVAL: 22,
  ENOTTY: 25,
  ENOSPC: 28,
  ESPIPE: 29,
  ENOSYS: 38,
  EOPNOTSUPP: 95,
} as const;

/** Name of an errno, as the kernel spells it. */
export type ErrnoName = keyof typeof ERRNO;

const NAME_OF: ReadonlyMap<number, string> = new Map(
  Object.entries(ERRNO).map(([name, number]) => [number, name]),
);

/** A system call's result for people: `0`, `8`, `-EINVAL`; unknown errnos stay numbers. */
export function formatRet(ret: number): string {
  if (ret >= 0) return String(ret);
  const name = NAME_OF.get(-ret);
  return name === undefined ? String(ret) : `-${name}`;
}
