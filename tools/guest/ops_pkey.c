// SPDX-License-Identifier: GPL-2.0-only
/* Protection keys: each call takes a new one, which the next vector can have again. */
#include "runner.h"

long op_pkey(const struct rfck_record *rec)
{
	unsigned long addr = RFCK_ARENA_BASE +
			     (unsigned long)rec->arg[RFCK_ARG_PKEY_PAGE] * RFCK_PAGE_SIZE;
	unsigned long bytes = (unsigned long)rec->arg[RFCK_ARG_PKEY_NPAGES] * RFCK_PAGE_SIZE;
	long key = my_syscall2(__NR_pkey_alloc, 0, rec->arg[RFCK_ARG_PKEY_RIGHTS]);

	if (key < 0)
		return key;
	if (context.nr_pkeys == PKEYS)
		fail("more protection keys than there are", 0);
	context.pkey[context.nr_pkeys++] = key;
	return my_syscall4(__NR_pkey_mprotect, addr, bytes, rec->arg[RFCK_ARG_PKEY_PROT], key);
}

/* Nothing is mapped with them any more. */
void pkeys_free(void)
{
	while (context.nr_pkeys)
		my_syscall1(__NR_pkey_free, context.pkey[--context.nr_pkeys]);
}
