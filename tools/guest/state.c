// SPDX-License-Identifier: GPL-2.0-only
/*
 * What userspace could ask at the end of a vector: which slots are open, and what each
 * file counts. kernel-model/vectors/state-digest.ts predicts it.
 */
#include "runner.h"

/* Eight for each operation */
#define COUNTERS	32
/* _IOWR(0xBB, 2, 264 bytes); a kernel before v2 does not know it */
#define STATS		0xc108bb02U
/* The kernel has to replace it, padding and all */
#define POISON		0xa5a5a5a5a5a5a5a5ULL

static __u32 mix(__u32 hash, __u32 word)
{
	return (hash ^ word) * 0x01000193U;
}

static __u32 file_digest(int fd)
{
	/* Volatile: the kernel writes it behind the compiler's back */
	static volatile struct {
		__u32 size, pad;
		__u64 counters[COUNTERS];
	} stats;
	__u32 digest = 0x811c9dc5U;
	unsigned int i;

	stats.size = sizeof(stats);
	stats.pad = (__u32)POISON;
	for (i = 0; i < COUNTERS; i++)
		stats.counters[i] = POISON;
	digest = mix(digest, my_syscall3(__NR_ioctl, fd, STATS, &stats));
	digest = mix(mix(digest, stats.size), stats.pad);
	/* Values and not bytes, so that the order of bytes does not matter */
	for (i = 0; i < COUNTERS; i++) {
		__u64 counter = stats.counters[i];

		digest = mix(mix(digest, (__u32)counter), counter >> 32);
	}
	return digest;
}

__u32 state_digest(void)
{
	__u32 digest = 0x811c9dc5U;
	unsigned int i;

	for (i = 0; i < RFCK_SLOTS; i++)
		if (context.slot[i] >= 0)
			digest = mix(mix(digest, i), file_digest(context.slot[i]));
	return digest;
}
