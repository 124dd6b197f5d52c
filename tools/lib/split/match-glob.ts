/**
 * Whether a glob matches a whole path: `*` and `?` stay within one name, `**` as a whole name is
 * any number of names, a final `/` stands for everything below. All else is literal.
 *
 * Runs in time proportional to both lengths, whatever the glob: plans are untrusted.
 */
export function matchGlob(glob: string, path: string): boolean {
  const pattern = (glob.endsWith("/") ? `${glob}**` : glob).split("/");
  return matchList(pattern, path.split("/"), {
    isStar: (name) => name === "**",
    fits: (name, part) => matchName(name, part),
  });
}

function matchName(glob: string, name: string): boolean {
  return matchList([...glob], [...name], {
    isStar: (char) => char === "*",
    fits: (char, one) => char === "?" || char === one,
  });
}

interface ListRules {
  /** Whether an element of the pattern stands for any number of items. */
  isStar(element: string): boolean;
  fits(element: string, item: string): boolean;
}

/** Matches a list against a pattern of which the last star takes up what is left over. */
function matchList(
  pattern: readonly string[],
  items: readonly string[],
  rules: ListRules,
): boolean {
  let [at, item, star, resume] = [0, 0, -1, 0];
  while (item < items.length) {
    const element = pattern[at];
    if (element !== undefined && rules.isStar(element)) {
      [star, resume] = [at, item];
      at += 1;
    } else if (element !== undefined && rules.fits(element, items[item] ?? "")) {
      at += 1;
      item += 1;
    } else if (star >= 0) {
      resume += 1;
      [at, item] = [star + 1, resume];
    } else return false;
  }
  return pattern.slice(at).every((element) => rules.isStar(element));
}
