// SPDX-License-Identifier: GPL-2.0-only
/*
 * Init of a guest: makes the calls of the benchmark's vectors in a loop, as fast as
 * C can, and says how long that took. argv is the kernel's: "rounds=N" and "calls=N".
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/io.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <time.h>
#include <unistd.h>

#include <linux/hbf.h>

static long option(const char *name)
{
	const char *value = getenv(name);

	return value ? atol(value) : 0;
}

int main(void)
{
	struct hbf_hint hint = {
		.size = HBF_HINT_SIZE_VER0,
		.op = HBF_OP_PROMOTE,
		.flags = 1,
		.start = 0x40000000,
		.len = 4096,
		.target_nid = HBF_NID_AUTO,
	};
	long rounds = option("rounds"), calls = option("calls"), i, j, refused = 0;
	struct timespec begin, end;
	int fd;

	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	clock_gettime(CLOCK_MONOTONIC, &begin);
	for (i = 0; i < rounds; i++) {
		fd = open("/dev/hbfctl", O_RDWR | O_CLOEXEC);
		for (j = 0; j < calls; j++)
			refused += ioctl(fd, HBF_IOC_HINT, &hint) == -1;
		close(fd);
	}
	clock_gettime(CLOCK_MONOTONIC, &end);
	printf("refused %ld in %lld us\n", refused,
	       (end.tv_sec - begin.tv_sec) * 1000000LL +
	       (end.tv_nsec - begin.tv_nsec) / 1000);
	fflush(stdout);
	if (!ioperm(0xf4, 4, 1))
		outl(0x10, 0xf4);
	for (;;)
		pause();
}
