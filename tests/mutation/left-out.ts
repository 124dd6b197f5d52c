/** Functions of mm/hbf.c that are not mutated, and why. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  hbf_init: "it has run before a mutant can be selected",
};
