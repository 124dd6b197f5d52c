// SPDX-License-Identifier: GPL-2.0-only
/* Init of a guest that runs each program in /tests, says how it ended, and leaves QEMU. */
#include <dirent.h>
#include <stdio.h>
#include <sys/io.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

static void run(const char *name)
{
	char path[512], *argv[] = { path, NULL };
	int status = -1;
	pid_t pid;

	snprintf(path, sizeof(path), "/tests/%s", name);
	pid = fork();
	if (!pid) {
		execv(path, argv);
		_exit(127);
	}
	waitpid(pid, &status, 0);
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
