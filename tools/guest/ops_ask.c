// SPDX-License-Identifier: GPL-2.0-only
/* What the kernel shows of itself, without what differs from run to run. */
#include <linux/time_types.h>
#include "runner.h"

#define TRACING	"/sys/kernel/tracing"
#define STATS	"/sys/kernel/debug/hbf/stats"
#define EVENT	"hbf_hint_"
#define TRACE_FD	99

static char text[64 * 1024];

/* Reads up to the end, or up to what does not fit. */
static long read_all(int fd)
{
	long len = 0, ret;

	do {
		ret = sys_read(fd, text + len, sizeof(text) - 1 - len);
		if (ret > 0)
			len += ret;
	} while (ret > 0);
	text[len] = '\0';
	return ret < 0 && ret != -EAGAIN ? ret : len;
}

void answer_put(char *out, __u32 *out_len, __u32 room, const char *from, unsigned long len)
{
	if (*out_len + len > room)
		fail("an answer has no room", 0);
	memcpy(out + *out_len, from, len);
	*out_len += len;
}

/* The events are enabled once; whether they are recorded is a matter of tracing_on. */
static int trace_pipe(void)
{
	int fd;

	if (my_syscall2(__NR_fcntl, TRACE_FD, F_GETFD) >= 0)
		return TRACE_FD;
	fd = sys_open(TRACING "/trace_pipe", O_RDONLY | O_NONBLOCK, 0);
	if (fd < 0)
		fail("no trace", fd);
	/* Only one can have it open, so children and programs inherit it */
	sys_dup2(fd, TRACE_FD);
	sys_close(fd);
	write_text(TRACING "/events/hbf/enable", "1");
	return TRACE_FD;
}

void trace_stop(void)
{
	write_text(TRACING "/tracing_on", "0");
}

/* Since boot. */
static __u64 now_ns(void)
{
	struct __kernel_timespec now = { 0 };

#ifdef __NR_clock_gettime64
	my_syscall2(__NR_clock_gettime64, CLOCK_MONOTONIC, &now);
#else
	my_syscall2(__NR_clock_gettime, CLOCK_MONOTONIC, &now);
#endif
	return now.tv_sec * 1000000000ULL + now.tv_nsec;
}

#define NO_VALUE	(~0ULL)

/* The value of a member of that name. */
static __u64 value_of(const char *word, const char *name)
{
	if (strncmp(word, name, strlen(name)))
		return NO_VALUE;
	word += strlen(name);
	return text_number(&word, 10);
}

/*
 * One member of an event: who makes the call, and how long it took, are left out. What
 * shall have taken longer than this machine runs is an answer.
 */
static int is_left_out(const char *word)
{
	__u64 duration = value_of(word, "duration_ns=");

	if (duration != NO_VALUE)
		return duration < now_ns();
	return value_of(word, "tgid=") == (__u64)sys_getpid();
}

static void put_event(char *out, __u32 *out_len, const char *at, const char *end)
{
	while (at < end) {
		const char *next = at;

		while (next < end && *next != ' ')
			next++;
		if (next < end)
			next++;
		if (!is_left_out(at))
			answer_put(out, out_len, RFCK_ROOM_TRACE, at, next - at);
		at = next;
	}
	answer_put(out, out_len, RFCK_ROOM_TRACE, "\n", 1);
}

/* Gives what was recorded since the last time in this vector, and records from now on. */
long op_trace(char *out, __u32 *out_len)
{
	long len = read_all(trace_pipe());
	const char *at, *end;

	if (len < 0)
		fail("cannot read the trace", len);
	for (at = text; control->tracing && (at = text_find(at, EVENT)); at = end) {
		end = strchr(at, '\n');
		if (!end)
			fail("the trace has an event without an end", 0);
		put_event(out, out_len, at, end);
	}
	if (!control->tracing)
		write_text(TRACING "/tracing_on", "1");
	control->tracing = 1;
	return 0;
}

/* What the rows of hbf/stats begin with, the line end before them included */
static const char *const rows[] = { "\nprefetch ", "\npromote ", "\ndemote ", "\nrelease " };
#define ROW_NUMBERS	8

/*
 * The numbers of hbf/stats, each less what it was before; nothing the first time. A kernel whose
 * file has other rows is what is tested, so that is a result, and no reason to stop.
 */
long op_totals(__u64 *out, __u32 *out_len)
{
	int fd = sys_open(STATS, O_RDONLY, 0);
	long len = fd < 0 ? fd : read_all(fd);
	const char *at = text;
	unsigned int i;

	if (len < 0)
		fail("cannot read " STATS, len);
	sys_close(fd);
	for (i = 0; i < RFCK_ROOM_TOTALS / sizeof(*out); i++) {
		const char *row = rows[i / ROW_NUMBERS];

		if (i % ROW_NUMBERS == 0)
			at = strchr(at, '\n');
		if (!at || (i % ROW_NUMBERS == 0 && strncmp(at, row, strlen(row))))
			return -EIO;
		at = strchr(at, ' ');
		if (!at)
			return -EIO;
		at++;
		out[i] = text_number(&at, 10);
		if (!control->asked)
			control->totals[i] = out[i];
		out[i] -= control->totals[i];
		control->totals[i] += out[i];
	}
	if (strcmp(at, "\n"))
		return -EIO;
	control->asked = 1;
	*out_len = RFCK_ROOM_TOTALS;
	return 0;
}
