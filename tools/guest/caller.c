// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who makes the calls. As a user, init keeps the real uid of root to prepare memory
 * that only root can map; each call to the device is made with another effective uid,
 * so without capabilities.
 */
#include "inline.h"

#define OUTER_MEMS	"0"

/* i386 has an older call with 16-bit users under the plain name */
#ifdef __NR_setresuid32
#define SETRESUID __NR_setresuid32
#else
#define SETRESUID __NR_setresuid
#endif

static const char *const names[] = {
	[RFCK_CALLER_ROOT] = "root",
	[RFCK_CALLER_USER] = "user",
	[RFCK_CALLER_CPUSET] = "cpuset",
	[RFCK_CALLER_SECCOMP] = "seccomp",
	[RFCK_CALLER_COMPAT] = "compat",
};

void set_euid(__u64 uid)
{
	long ret = my_syscall3(SETRESUID, -1, uid, -1);

	if (ret < 0)
		fail("cannot change the effective user", ret);
}

static long open_as_user(void)
{
	long ret;

	caller_enter(0);
	ret = sys_open(DEVICE, O_RDWR | O_CLOEXEC, 0);
	caller_leave(0);
	if (ret >= 0)
		sys_close(ret);
	return ret < 0 ? ret : 0;
}

/* Without the chown, the user must be refused: else it would not be the user who calls. */
static void become_user(void)
{
	long ret = open_as_user();

	if (ret != -EACCES)
		fail("the device is not root's alone", ret);
	if (control->caller == RFCK_CALLER_SECCOMP)
		supervise(USER);
	else
		ret = my_syscall5(__NR_fchownat, AT_FDCWD, DEVICE, USER, USER, 0);
	if (control->caller == RFCK_CALLER_USER && ret < 0)
		fail("cannot give the device to the user", ret);
	ret = open_as_user();
	if (ret < 0)
		fail("the user cannot open the device", ret);
}

static void become_narrow(void)
{
	char *argv[] = { "/init32", "vectors", NULL };
	char *envp[] = { NULL };

	fail("cannot execute /init32", sys_execve(argv[0], argv, envp));
}

static void tell(void)
{
	if (control->caller >= sizeof(names) / sizeof(names[0]))
		fail("unknown caller", control->caller);
	fact("caller", names[control->caller]);
	fact_number("caller.bits", sizeof(long) * 8);
}

/* In the program that makes the calls, before the first of them. */
void caller_init(int is_executed)
{
	if (control->caller == RFCK_CALLER_COMPAT && !is_executed)
		become_narrow();
	if (calls_as_user())
		become_user();
	if (control->caller == RFCK_CALLER_CPUSET)
		enter_outer_cpuset(OUTER_MEMS);
	tell();
}
