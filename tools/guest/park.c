// SPDX-License-Identifier: GPL-2.0-only
/* Waits, ready for work, until the host says go: at that point a guest can be kept. */
#include "runner.h"

void sleep_ms(unsigned long ms)
{
	struct timespec pause = { ms / 1000, ms % 1000 * 1000000 };

	my_syscall2(__NR_nanosleep, &pause, 0);
}

void park(void)
{
	control->parked = 1;
	while (!control->go)
		sleep_ms(1);
	control->parked = 0;
}
