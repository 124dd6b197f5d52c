// SPDX-License-Identifier: GPL-2.0-only
/* String functions that the kernel's nolibc of 6.12 has not. */
#include "runner.h"

char *text_find(const char *text, const char *part)
{
	unsigned long len = strlen(part);

	for (; *text; text++)
		if (*text == *part && !strncmp(text, part, len))
			return (char *)text;
	return NULL;
}

void text_append(char *text, const char *more)
{
	strcpy(text + strlen(text), more);
}

/* The number that @text begins with, without a prefix; @text ends up behind it. */
__u64 text_number(const char **text, unsigned int base)
{
	__u64 value = 0;
	const char *p;

	for (p = *text; *p; p++) {
		unsigned int digit = *p - (*p >= 'a' ? 'a' - 10 : '0');

		if (digit >= base)
			break;
		value = value * base + digit;
	}
	*text = p;
	return value;
}

/* Writes a decimal number in front of @end, which is set to 0; returns where it begins. */
char *text_of_number(char *end, unsigned long value)
{
	*end = '\0';
	do {
		*--end = '0' + value % 10;
		value /= 10;
	} while (value);
	return end;
}
