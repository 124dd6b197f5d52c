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
	if (context.uffd >= 0)
		sys_close(context.uffd);
	context.uffd = -1;
	if (context.restricted)
		cpuset_restore();
	context.restricted = 0;
}
