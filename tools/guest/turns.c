// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where CPUs take turns by instructions counted, a CPU has its turn until the next
 * timer of the machine is due, which is longer than a call. So the third timer of the
 * HPET, which the kernel leaves alone, goes off again and again; it interrupts nobody.
 */
#include "runner.h"

#ifdef __x86_64__
#define HPET_PHYS	0xfed00000UL
#define HPET_BYTES	4096

#define HPET_ENABLED	(1U << 0)
/* Of a timer: it repeats, the next write sets when it goes off, it has 32 bits */
#define TIMER_CONFIG	((1U << 3) | (1U << 6) | (1U << 8))

#define REG_CONFIG	0x10
#define REG_COUNTER	0xf0
#define REG_TIMER	0x140
#define REG_COMPARE	0x148

static volatile char *hpet;

static volatile __u32 *reg(unsigned int offset)
{
	return (volatile __u32 *)(hpet + offset);
}

static void find_hpet(void)
{
	int fd = sys_open("/dev/mem", O_RDWR | O_CLOEXEC, 0);
	void *base;

	if (fd < 0)
		fail("cannot open /dev/mem", fd);
	base = map_at(HPET_BASE, HPET_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED,
		      fd, HPET_PHYS);
	sys_close(fd);
	if (base != (void *)HPET_BASE)
		fail("cannot map the HPET", (long)base);
	hpet = base;
	if (!(*reg(REG_CONFIG) & HPET_ENABLED))
		fail("the HPET does not count", 0);
}

/* A turn has so many steps of 10 ns from now on; 16 ns are one instruction. */
void set_turns(__u32 ticks)
{
	if (!hpet)
		find_hpet();
	*reg(REG_TIMER) = TIMER_CONFIG;
	*reg(REG_COMPARE) = *reg(REG_COUNTER) + ticks;
	*reg(REG_COMPARE) = ticks;
}
#else
void set_turns(__u32 ticks)
{
	(void)ticks;
}
#endif
