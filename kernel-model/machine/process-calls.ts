import { ADVICE_FLAG, type Vma } from "./address-space.ts";
import type { ExecCall } from "./calls.ts";
import { type Outcome, succeeded, UnmodelledCallError } from "./outcome.ts";
import { forgetUnused, shareWithChild } from "./pages/fork.ts";
import { NO_PAGES } from "./pages/page-state.ts";
import type { Process, State } from "./state.ts";

/**
 * fork(2): what follows are the child's calls. It has the parent's files and cgroup, and of the
 * mappings those without VM_DONTCOPY, none of them locked or watched by a userfaultfd.
 * kernel/fork.c:dup_mmap, fs/userfaultfd.c:dup_userfaultfd @ 6.12.117
 */
export function stepFork(state: State): readonly Outcome[] {
  const { space, slots, cloexec, compat, pages, hadPages, hadAnon } = state;
  const shared = shareWithChild(state);
  const parent: Process = {
    ...{ space, slots, cloexec, compat, hadPages, hadAnon },
    pages: shared === null ? pages : shared.parent,
  };
  const inherited = space
    .filter(({ advice }) => (advice & ADVICE_FLAG.dontCopy) === 0)
    .map((vma): Vma => ({ ...vma, locked: false, lockOnFault: false, uffd: 0 }));
  const child = { ...state, space: inherited, parents: [...state.parents, parent] };
  return succeeded(shared === null ? child : { ...child, pages: shared.child });
}

/** _exit(2) of a child, for which its parent waited: the files that only it had are closed. */
export function stepExit(state: State): readonly Outcome[] {
  const parent = state.parents.at(-1);
  if (parent === undefined) throw new UnmodelledCallError("the first process never ends");
  return succeeded(forgetUnused({ ...state, ...parent, parents: state.parents.slice(0, -1) }));
}

/**
 * execve(2) of the runner: a new address space, and the files whose descriptors are not closed on
 * exec. fs/exec.c:begin_new_exec, fs/file.c:do_close_on_exec @ 6.12.117
 */
export function stepExec(state: State, { bits }: ExecCall): readonly Outcome[] {
  if (state.parents.length === 0) throw new UnmodelledCallError("the first process has no image");
  const { compatTaskSizePages } = state.machine.platform;
  if (bits !== 64 && (bits !== 32 || compatTaskSizePages === null)) {
    throw new UnmodelledCallError(`a program of ${bits} bits`);
  }
  const slots = state.slots.map((file, slot) => (state.cloexec & (1 << slot) ? null : file));
  const image = { space: [], slots, cloexec: 0, compat: bits === 32 };
  const noPages = { pages: NO_PAGES, hadPages: false, hadAnon: false };
  return succeeded(forgetUnused({ ...state, ...image, ...noPages }));
}
