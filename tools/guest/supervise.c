// SPDX-License-Identifier: GPL-2.0-only
/*
 * A filter takes open() away from this process and its children, whatever they
 * execute. A supervisor, which is root and has no filter, is told of each one: it
 * opens the device for the user and hands the file in; other files it lets pass.
 */
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include "runner.h"

#define LISTENER_FD	90
#define I386_OPENAT	295
#define I386_OPEN	5
#define I386_CREAT	8
#define OPENAT2		437

#define LOAD(field) \
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define JUMP(value, yes, no) \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, yes, no)
#define DENY	(SECCOMP_RET_ERRNO | EPERM)

#ifndef __x86_64__
void supervise(__u32 uid)
{
	fail("no supervisor for a program of 32 bits", uid);
}
#else
static struct sock_filter filter[] = {
	LOAD(arch),
	JUMP(AUDIT_ARCH_I386, 5, 0),
	LOAD(nr),
	JUMP(__NR_openat, 9, 0),
	JUMP(__NR_open, 7, 0),
	JUMP(__NR_creat, 6, 0),
	JUMP(OPENAT2, 5, 7),
	LOAD(nr),
	JUMP(I386_OPENAT, 4, 0),
	JUMP(I386_OPEN, 2, 0),
	JUMP(I386_CREAT, 1, 0),
	JUMP(OPENAT2, 0, 2),
	BPF_STMT(BPF_RET | BPF_K, DENY),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
};

static long read_file(const char *path, char *text, long bytes, __u64 at)
{
	int fd = sys_open(path, O_RDONLY | O_CLOEXEC, 0);
	long len = fd < 0 ? fd : my_syscall4(__NR_pread64, fd, text, bytes, at);

	if (fd >= 0)
		sys_close(fd);
	return len;
}

static char *path_of(char *path, __u32 pid, const char *name)
{
	char digits[24];

	digits[sizeof(digits) - 1] = '\0';
	strcpy(path, "/proc/");
	text_append(path, text_of_number(digits + sizeof(digits) - 1, pid));
	text_append(path, name);
	return path;
}

static int asks_for_device(__u32 pid, __u64 name)
{
	char path[64], text[sizeof(DEVICE)] = { 0 };

	return read_file(path_of(path, pid, "/mem"), text, sizeof(text), name) > 0 &&
	       !memcmp(text, DEVICE, sizeof(text));
}

/* The effective uid is the second number of the line. */
static int is_user(__u32 pid, __u32 uid)
{
	static char text[2048];
	char path[64];
	long len = read_file(path_of(path, pid, "/status"), text, sizeof(text) - 1, 0);
	const char *at;

	text[len < 0 ? 0 : len] = '\0';
	at = text_find(text, "\nUid:");
	if (!at)
		fail("no uid of a supervised process", len);
	at += 6;
	text_number(&at, 10);
	at++;
	return text_number(&at, 10) == uid;
}

static void hand_in(int listener, const struct seccomp_notif *asked,
		    struct seccomp_notif_resp *answer)
{
	struct seccomp_notif_addfd add = {
		.id = asked->id, .flags = SECCOMP_ADDFD_FLAG_SEND, .newfd_flags = O_CLOEXEC,
	};
	long fd = sys_open(DEVICE, asked->data.args[2], 0);

	if (fd < 0) {
		answer->error = fd;
		my_syscall3(__NR_ioctl, listener, SECCOMP_IOCTL_NOTIF_SEND, answer);
		return;
	}
	add.srcfd = fd;
	my_syscall3(__NR_ioctl, listener, SECCOMP_IOCTL_NOTIF_ADDFD, &add);
	sys_close(fd);
}

/* Never returns; a process that has gone meanwhile gets no answer, and needs none. */
static void answer_all(int listener, __u32 uid)
{
	struct seccomp_notif_resp answer;
	struct seccomp_notif asked;

	for (;;) {
		memset(&asked, 0, sizeof(asked));
		memset(&answer, 0, sizeof(answer));
		if (my_syscall3(__NR_ioctl, listener, SECCOMP_IOCTL_NOTIF_RECV, &asked) < 0)
			continue;
		answer.id = asked.id;
		if (asks_for_device(asked.pid, asked.data.args[1]) && is_user(asked.pid, uid)) {
			hand_in(listener, &asked, &answer);
			continue;
		}
		answer.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
		my_syscall3(__NR_ioctl, listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
	}
}

/* The supervisor takes the listener out of init, where it would be closed on exec(). */
static void start_supervisor(__u32 uid)
{
	long pidfd, listener;

	if (sys_fork() != 0)
		return;
	pidfd = my_syscall2(__NR_pidfd_open, 1, 0);
	do {
		my_syscall0(__NR_sched_yield);
		listener = my_syscall3(__NR_pidfd_getfd, pidfd, LISTENER_FD, 0);
	} while (listener == -EBADF);
	if (listener < 0)
		fail("the supervisor gets no listener", listener);
	answer_all(listener, uid);
}

void supervise(__u32 uid)
{
	struct sock_fprog program = {
		.len = sizeof(filter) / sizeof(filter[0]), .filter = filter,
	};
	long ret;

	start_supervisor(uid);
	ret = my_syscall3(__NR_seccomp, SECCOMP_SET_MODE_FILTER,
			  SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
	if (ret >= 0)
		ret = my_syscall3(__NR_dup3, ret, LISTENER_FD, O_CLOEXEC);
	if (ret < 0)
		fail("no filter of system calls", ret);
	ret = my_syscall3(__NR_open, DEVICE, O_RDWR, 0);
	if (ret != -EPERM)
		fail("the filter lets open() pass", ret);
}
#endif
