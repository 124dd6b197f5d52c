// SPDX-License-Identifier: GPL-2.0-only
/* The state that a vector starts from: nothing mapped, nothing open, all nodes allowed. */
#include "runner.h"

struct context context;

void context_init(void)
{
	unsigned int i;

	for (i = 0; i < RFCK_SLOTS; i++)
		context.slot[i] = -1;
	context.uffd = -1;
	context.mapped = 1;
	context_reset();
}

/* A userfaultfd is about the address space that it was made in: a child needs its own. */
void context_fork(void)
{
	if (context.uffd >= 0)
		sys_close(context.uffd);
	context.uffd = -1;
}

/* After exec(): the slots that are open are those that the kernel has left open. */
void context_resume(void)
{
	unsigned int i;

	context.uffd = -1;
	for (i = 0; i < RFCK_SLOTS; i++) {
		long flags = my_syscall2(__NR_fcntl, SLOT_FD + i, F_GETFD);

		context.slot[i] = flags < 0 ? -1 : (int)(SLOT_FD + i);
	}
}

/* Before exec(): moves each slot to where the next program looks for it. */
void context_hand_over(void)
{
	unsigned int i;

	for (i = 0; i < RFCK_SLOTS; i++) {
		int wanted = SLOT_FD + i, fd = context.slot[i];
		long flags, ret;

		if (fd < 0 || fd == wanted)
			continue;
		flags = my_syscall2(__NR_fcntl, fd, F_GETFD) & FD_CLOEXEC ? O_CLOEXEC : 0;
		ret = my_syscall3(__NR_dup3, fd, wanted, flags);
		if (ret < 0)
			fail("cannot move a descriptor", ret);
		sys_close(fd);
		context.slot[i] = wanted;
	}
}

void context_reset(void)
{
	long ret;
	unsigned int i;

	for (i = 0; i < RFCK_SLOTS; i++) {
		if (context.slot[i] >= 0)
			sys_close(context.slot[i]);
		context.slot[i] = -1;
	}
	if (context.mapped) {
		/* With the guards: a GROWSDOWN mapping may have grown out of the arena */
		ret = sys_munmap((void *)(RFCK_ARENA_BASE - GUARD_BYTES),
				 ARENA_BYTES + 2 * GUARD_BYTES);
		if (ret < 0)
			fail("cannot clear the arena", ret);
	}
	context.mapped = 0;
	pkeys_free();
	holds_end();
	if (context.uffd >= 0)
		sys_close(context.uffd);
	context.uffd = -1;
	if (control->restricted)
		cpuset_restore();
	control->restricted = 0;
	if (control->tracing)
		trace_stop();
	control->tracing = 0;
	control->asked = 0;
}
