// SPDX-License-Identifier: GPL-2.0-only
/* CRC-32 of IEEE 802.3, reflected, as in zlib. */
#include "runner.h"

static __u32 table[256];

static void fill_table(void)
{
	__u32 i, bit, value;

	for (i = 0; i < 256; i++) {
		value = i;
		for (bit = 0; bit < 8; bit++)
			value = (value >> 1) ^ (value & 1 ? 0xedb88320U : 0);
		table[i] = value;
	}
}

__u32 crc32(__u32 crc, const void *bytes, unsigned long len)
{
	const __u8 *p = bytes;

	if (!table[1])
		fill_table();
	crc = ~crc;
	while (len--)
		crc = (crc >> 8) ^ table[(crc ^ *p++) & 0xff];
	return ~crc;
}
