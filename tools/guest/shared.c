// SPDX-License-Identifier: GPL-2.0-only
/* Finds and maps the range of RAM that the host reads and writes. */
#include "runner.h"

#define PARAMETER "rfckit.shm="

volatile struct rfck_control *control;
__u64 shared_phys;

static char cmdline[4096];

static __u64 parse_hex(const char **text)
{
	if ((*text)[0] == '0' && (*text)[1] == 'x')
		*text += 2;
	return text_number(text, 16);
}

static void read_cmdline(void)
{
	int fd = sys_open("/proc/cmdline", O_RDONLY, 0);
	long len = fd < 0 ? fd : sys_read(fd, cmdline, sizeof(cmdline) - 1);

	if (len < 0)
		fail("cannot read /proc/cmdline", len);
	cmdline[len] = '\0';
	sys_close(fd);
}

/*
 * Maps rfckit.shm=<address>,<bytes> (both hexadecimal) of the kernel command line; the
 * @first program of the guest fills it, where the host cannot.
 */
void shared_map(int first)
{
	const char *at;
	__u64 bytes;
	void *base;
	int fd;

	read_cmdline();
	at = text_find(cmdline, PARAMETER);
	if (!at)
		fail("no rfckit.shm on the kernel command line", 0);
	at += strlen(PARAMETER);
	shared_phys = parse_hex(&at);
	at++;
	bytes = parse_hex(&at);
	fd = sys_open("/dev/mem", O_RDWR, 0);
	if (fd < 0)
		fail("cannot open /dev/mem", fd);
	base = map_at(SHARED_BASE, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED,
		      fd, shared_phys);
	if (base != (void *)SHARED_BASE)
		fail("cannot map the shared range", (long)base);
	sys_close(fd);
	if (first)
		port_init(cmdline);
	control = base;
	if (control->magic != RFCK_CONTROL_MAGIC) {
		control = NULL;
		fail("the shared range has no control page", 0);
	}
}

void *shared_at(__u64 offset)
{
	return (void *)(unsigned long)(SHARED_BASE + offset);
}
