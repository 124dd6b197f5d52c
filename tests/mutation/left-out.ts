/** Functions of mm/hbf.c that are not mutated, and why. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  hbf_add_stats: "its sums are seen only in debugfs, which the selftest reads and no vector does",
  stats_show: "its text is seen only in debugfs, which the selftest reads and no vector does",
  hbf_init: "it has run before a mutant can be selected",
};
