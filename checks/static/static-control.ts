/** Where the control is put, in a checkout of its own. */
export const STATIC_CONTROL_PATH = "mm/rfckit_control.c";

/**
 * A file with one seeded defect of each kind that the static rows look for: silence of sparse and
 * gcc on the series counts only on a machine where each of these is spoken of.
 */
export const STATIC_CONTROL = `// SPDX-License-Identifier: GPL-2.0
#include <linux/string.h>
#include <linux/uaccess.h>

/* sparse: a plain pointer where one to user space is wanted, and a result that nobody looks at */
static void rfckit_unchecked(void *to, const void *from)
{
	copy_from_user(to, from, 1);
}

/* W=1: a variable that is set and never read */
static int rfckit_unused(int value)
{
	int seen;

	seen = value;
	return value;
}

/* -W: a negative number is never smaller than an unsigned one */
static int rfckit_compare(int value, unsigned int size)
{
	return value < size;
}

/* stack */
static void rfckit_stack(char *to)
{
	char buffer[1024];

	memset(buffer, 1, sizeof(buffer));
	barrier_data(buffer);
	memcpy(to, buffer, sizeof(buffer));
}

int rfckit_control(void *to, const void *from, int value);
int rfckit_control(void *to, const void *from, int value)
{
	int forgotten;

	rfckit_unchecked(to, from);
	rfckit_stack(to);
	return rfckit_unused(value) + rfckit_compare(value, 1);
}
`;
