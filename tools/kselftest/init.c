// SPDX-License-Identifier: GPL-2.0-only
/*
 * Init of a guest that runs each program in /tests, says how it ended, and leaves QEMU. The name
 * of a program may end in a dot and in who runs it.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/io.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define DEVICE	"/dev/hbfctl"
#define CGROUP	"/sys/fs/cgroup/who"
#define USER	1000

static void give_device(int user)
{
	if (chown(DEVICE, user, user))
		perror(DEVICE);
}

static int write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);
	int ret = fd < 0 ? -1 : write(fd, text, strlen(text));

	close(fd);
	return ret < 0 ? -1 : 0;
}

/* A user without any privilege, to whom the administrator gave the device. */
static int become_user(void)
{
	return setresgid(USER, USER, USER) || setresuid(USER, USER, USER) ? -1 : 0;
}

/* Below the root, in a cpuset of its own that has both nodes. */
static int enter_cpuset(void)
{
	write_file("/sys/fs/cgroup/cgroup.subtree_control", "+cpuset");
	mkdir(CGROUP, 0755);
	return write_file(CGROUP "/cpuset.mems", "0-1") || write_file(CGROUP "/cgroup.procs", "0");
}

#define ARG(n)	(offsetof(struct seccomp_data, args) + (n) * sizeof(__u64))

/* Nothing can be opened for writing any more. */
static int restrict_open(void)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_open, 3, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_openat, 0, 4),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ARG(2)),
		BPF_JUMP(BPF_JMP | BPF_JA, 1, 0, 0),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ARG(1)),
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, O_ACCMODE, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
	};
	struct sock_fprog program = {
		.len = sizeof(filter) / sizeof(filter[0]),
		.filter = filter,
	};

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return -1;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

static int become(const char *who)
{
	if (!strcmp(who, ".user"))
		return become_user();
	if (!strcmp(who, ".cpuset"))
		return enter_cpuset();
	if (!strcmp(who, ".seccomp"))
		return restrict_open();
	return -1;
}

static void run(const char *name)
{
	const char *who = strrchr(name, '.');
	char path[512], *argv[] = { path, NULL };
	int status = -1;
	pid_t pid;

	snprintf(path, sizeof(path), "/tests/%s", name);
	if (who && !strcmp(who, ".user"))
		give_device(USER);
	printf("%s begins\n", name);
	fflush(stdout);
	pid = fork();
	if (!pid) {
		if (who && become(who))
			_exit(126);
		execv(path, argv);
		_exit(127);
	}
	waitpid(pid, &status, 0);
	give_device(0);
	printf("%s ended with %d\n", name, WIFEXITED(status) ? WEXITSTATUS(status) : -1);
	fflush(stdout);
}

int main(void)
{
	struct dirent *entry;
	DIR *dir;

	mount("proc", "/proc", "proc", 0, NULL);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	mount("cgroup2", "/sys/fs/cgroup", "cgroup2", 0, NULL);
	/* Fail where the kernel lacks them. */
	mount("debugfs", "/sys/kernel/debug", "debugfs", 0, NULL);
	mount("tracefs", "/sys/kernel/tracing", "tracefs", 0, NULL);
	dir = opendir("/tests");
	while (dir && (entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			run(entry->d_name);
	if (!ioperm(0xf4, 4, 1))
		outl(0x10, 0xf4);
	for (;;)
		pause();
}
