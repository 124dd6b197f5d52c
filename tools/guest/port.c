// SPDX-License-Identifier: GPL-2.0-only
/*
 * The second way to the host, where it cannot share memory with the guest: the range
 * is the guest's alone, init fills it from a file of the initramfs, and tells the host
 * through a serial port what changes in it. Each frame says from which offset on.
 */
#include <linux/termios.h>
#include "runner.h"

#define PARAMETER	"rfckit.port="
#define HEAD		"/shared.head"
#define FRAME_MAGIC	0x52465250U	/* "PRFR" */
/* Fewer bytes of results are kept back until there are more */
#define ENOUGH_BYTES	2048
/* Of the control page: what init writes and the host looks at */
#define PROGRESS_OFF	__builtin_offsetof(struct rfck_control, state)
#define PROGRESS_BYTES	64

struct frame {
	__u32 magic;
	__u32 bytes;
	__u64 offset;
};

static int port_fd = -1;
static __u64 sent_results, sent_facts, sent_extras;

static void put(const void *from, unsigned long len)
{
	while (len) {
		long ret = sys_write(port_fd, from, len);

		if (ret <= 0)
			return;
		from = (const char *)from + ret;
		len -= ret;
	}
}

static void send(__u64 offset, __u64 bytes)
{
	struct frame frame = { FRAME_MAGIC, bytes, offset };

	put(&frame, sizeof(frame));
	put(shared_at(offset), bytes);
}

static void send_from(__u64 start, __u64 *sent, __u64 bytes)
{
	if (bytes > *sent)
		send(start + *sent, bytes - *sent);
	*sent = bytes;
}

/* A terminal would write a carriage return before each line feed. */
static void make_raw(void)
{
	struct termios raw = { .c_cflag = B115200 | CS8 | CREAD | CLOCAL };

	my_syscall3(__NR_ioctl, port_fd, TCSETS, &raw);
}

/* Opens the port that the command line names; 0 when it names none. */
int port_init(const char *cmdline)
{
	static char path[32] = "/dev/";
	const char *at = text_find(cmdline, PARAMETER);
	unsigned long len = strlen(path);

	if (!at)
		return 0;
	for (at += strlen(PARAMETER); *at > ' ' && len + 1 < sizeof(path); at++)
		path[len++] = *at;
	port_fd = sys_open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC, 0);
	if (port_fd < 0)
		leave();
	make_raw();
	return 1;
}

/* Puts what the host has written for this guest into the range, all of which is mapped. */
void port_fill(void)
{
	int fd = sys_open(HEAD, O_RDONLY, 0);
	long ret, done = 0;

	if (fd < 0)
		leave();
	while ((ret = sys_read(fd, (char *)shared_at(0) + done, 65536)) > 0)
		done += ret;
	sys_close(fd);
}

/* Tells how far init is; results only when there are enough of them, unless @all. */
void port_flush(int all)
{
	if (port_fd < 0 || !control)
		return;
	if (all || control->result_bytes - sent_results > ENOUGH_BYTES)
		send_from(control->results_off, &sent_results, control->result_bytes);
	if (all) {
		send_from(control->facts_off, &sent_facts, control->facts_bytes);
		send_from(control->extras_off, &sent_extras, control->extras_bytes);
	}
	send(PROGRESS_OFF, PROGRESS_BYTES);
	/* As tcdrain(): what is still to be sent is lost when the machine ends */
	if (all)
		my_syscall3(__NR_ioctl, port_fd, TCSBRK, 1);
}
