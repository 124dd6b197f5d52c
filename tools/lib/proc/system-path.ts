/**
 * PATH of tools of the kernel that call others: Debian's python3 has the modules that they want,
 * and no shell script of a version manager runs before each start.
 */
export const SYSTEM_PATH = "/usr/sbin:/usr/bin:/sbin:/bin";
