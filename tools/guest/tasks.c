// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls that several tasks make at once. Each call takes a number when it is made and
 * one when it has returned, both from one counter that all tasks share: so the host
 * knows which calls overlapped. How long a task waits before a call comes from a seed.
 */
#include <linux/futex.h>
#include <linux/sched.h>
#include "inline.h"

#define MAX_CALLS	24
#define OUT_BYTES	1024
#define STACK_BYTES	16384
#define MOST_SPINS	400
/* A task waits no longer than this for one that may have no call left */
#define MOST_MEETS	400
/* In steps of 10 ns: from some 60 instructions to ten times as many, and a call has 1,000 */
#define SHORTEST_TURN	100
#define MOST_LONGER	900

struct task_call {
	const struct rfck_record *rec;
	long ret;
	__u32 out_len;
	__u32 made;
	__u32 returned;
	__u8 out[OUT_BYTES];
};

/* Shared by threads and processes alike */
struct race {
	volatile __u32 clock;
	volatile __u32 ready;
	volatile __u32 start;
	__u32 nr_calls;
	__u32 nr_tasks;
	/* Tasks that are about to make their n-th call */
	volatile __u32 arrived[MAX_CALLS];
	volatile __u32 alive[MAX_TASKS];
	struct task_call call[MAX_CALLS];
};

struct task {
	__u32 number;
	__u64 seed;
};

static struct race *const race = (void *)RACE_BASE;
static struct task tasks[MAX_TASKS];
static __u8 stacks[MAX_TASKS][STACK_BYTES] __attribute__((aligned(16)));

/* With the first calls at once: what is mapped is in the way of every look at smaps. */
static void tasks_init(void)
{
	void *base = sys_mmap((void *)RACE_BASE, sizeof(struct race), PROT_READ | PROT_WRITE,
			      MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0);

	if (base != (void *)RACE_BASE)
		fail("cannot map what tasks share", (long)base);
	ioctl_init_tasks();
}

static __u32 next_random(__u64 *seed)
{
	*seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return *seed >> 33;
}

/* On a machine with one CPU, all stay where they are. */
static void stay_on(unsigned int cpu)
{
	unsigned long mask = 1UL << cpu;

	my_syscall3(__NR_sched_setaffinity, 0, sizeof(mask), &mask);
}

/* "rep; nop" on x86: where CPUs take turns, it is the next one's turn at once. */
static void relax(void)
{
#if defined(__x86_64__) || defined(__i386__)
	__asm__ volatile("pause" : : : "memory");
#else
	__asm__ volatile("" : : : "memory");
#endif
}

/* To the other CPU, too: else the first would have all turns, and wait for ever. */
static void give_way(void)
{
	relax();
	my_syscall0(__NR_sched_yield);
}

/* Tasks make their n-th calls together, else one is done before the other has begun. */
static void meet(__u32 nth)
{
	__u32 spin;

	__sync_fetch_and_add(&race->arrived[nth], 1);
	for (spin = MOST_MEETS; race->arrived[nth] < race->nr_tasks && spin; spin--)
		relax();
}

static void work(void *arg)
{
	struct task *task = arg;
	__u64 seed = task->seed;
	__u32 i, spin, nth = 0, cpu = (task->number - 1) % 2;

	stay_on(cpu);
	__sync_fetch_and_add(&race->ready, 1);
	while (!race->start)
		give_way();
	for (i = 0; i < race->nr_calls; i++) {
		struct task_call *call = &race->call[i];

		if ((call->rec->task & ~RFCK_TASK_IS_PROCESS) != task->number)
			continue;
		meet(nth++);
		for (spin = next_random(&seed) % MOST_SPINS; spin; spin--)
			__asm__ volatile("" : : : "memory");
		/* When the second CPU's turn ends by the timer, the two take turns from then on */
		if (cpu == 0)
			relax();
		call->out_len = 0;
		call->made = __sync_fetch_and_add(&race->clock, 1);
		call->ret = execute(call->rec, call->out, &call->out_len);
		call->returned = __sync_fetch_and_add(&race->clock, 1);
	}
}

#ifdef __x86_64__
/* The new task calls @fn with @arg on its own stack and ends; the kernel then clears @alive. */
static long spawn(unsigned long flags, void *stack, void (*fn)(void *), void *arg,
		  volatile __u32 *alive)
{
	void **top = stack;
	register long r10 __asm__("r10") = (long)alive;
	register long r8 __asm__("r8") = 0;
	long ret;

	*--top = arg;
	*--top = fn;
	__asm__ volatile("syscall\n\t"
			 "test %%rax, %%rax\n\t"
			 "jnz 1f\n\t"
			 "xor %%ebp, %%ebp\n\t"
			 "pop %%rax\n\t"
			 "pop %%rdi\n\t"
			 "call *%%rax\n\t"
			 "xor %%edi, %%edi\n\t"
			 "mov %[exit], %%eax\n\t"
			 "syscall\n"
			 "1:"
			 : "=a"(ret)
			 : "0"(__NR_clone), "D"(flags), "S"(top), "d"(0), "r"(r10), "r"(r8),
			   [exit] "i"(__NR_exit)
			 : "rcx", "r11", "memory");
	return ret;
}
#else
static long spawn(unsigned long flags, void *stack, void (*fn)(void *), void *arg,
		  volatile __u32 *alive)
{
	(void)flags, (void)stack, (void)fn, (void)arg, (void)alive;
	return -ENOSYS;
}
#endif

static long start_task(__u32 number, int is_process, __u64 seed)
{
	unsigned long flags = is_process ? SIGCHLD : CLONE_VM | CLONE_FS | CLONE_FILES |
			      CLONE_SIGHAND | CLONE_THREAD | CLONE_CHILD_CLEARTID;
	long ret;

	tasks[number].number = number;
	tasks[number].seed = seed * 31 + number;
	race->alive[number] = 1;
	ret = spawn(flags, stacks[number] + STACK_BYTES, work, &tasks[number],
		    &race->alive[number]);
	if (ret < 0)
		fail("cannot start a task", ret);
	return ret;
}

/* Asleep, so that the CPU is the tasks' own; the kernel wakes who waits for a thread's end. */
static void wait_for(__u32 number, int is_process, long pid)
{
	volatile __u32 *alive = &race->alive[number];

	if (is_process)
		wait_for_process(pid);
	while (!is_process && *alive)
		my_syscall6(__NR_futex, alive, FUTEX_WAIT, 1, 0, 0, 0);
}

/* Collects the records from @first on that belong to tasks, and lets all tasks run. */
unsigned int run_together(const struct rfck_record *first, unsigned int left, __u64 seed)
{
	int is_process = !!(first->task & RFCK_TASK_IS_PROCESS);
	const struct rfck_record *rec = first;
	long pids[MAX_TASKS] = { 0 };
	__u32 number, nr = 0, started = 0;
	__u64 turns = seed * 977 + 1;
	static int is_ready;

	if (!is_ready)
		tasks_init();
	is_ready = 1;
	while (nr < left && rec->task && rec->vector == first->vector) {
		number = rec->task & ~RFCK_TASK_IS_PROCESS;
		if (nr == MAX_CALLS || number >= MAX_TASKS || rec->payload_len > OUT_BYTES)
			fail("more calls at once than there is room for", 0);
		race->call[nr++].rec = rec;
		rec = next_record(rec);
	}
	stay_on(0);
	race->nr_calls = nr;
	race->clock = 0;
	race->ready = 0;
	race->start = 0;
	memset((void *)race->arrived, 0, sizeof(race->arrived));
	set_turns(SHORTEST_TURN + next_random(&turns) % MOST_LONGER);
	for (number = 1; number < MAX_TASKS; number++) {
		__u32 i;

		for (i = 0; i < nr && !pids[number]; i++) {
			if ((race->call[i].rec->task & ~RFCK_TASK_IS_PROCESS) != number)
				continue;
			pids[number] = start_task(number, is_process, seed);
			started++;
		}
	}
	while (race->ready != started)
		give_way();
	race->nr_tasks = started;
	race->start = 1;
	for (number = 1; number < MAX_TASKS; number++)
		if (pids[number])
			wait_for(number, is_process, pids[number]);
	return nr;
}

/* Fills in what the @index-th call gave; returns when it was made and when it returned. */
__u64 task_result(unsigned int index, struct rfck_result *head, const void **out)
{
	struct task_call *call = &race->call[index];

	head->ret = call->ret;
	head->out_len = call->out_len;
	*out = call->out;
	return (__u64)call->made << 32 | call->returned;
}
