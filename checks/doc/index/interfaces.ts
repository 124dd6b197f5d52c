/** A name in a path of /sys or /proc that stands for any: `<cpu>`, `*`, `[0-9]`, `X`, `{a,b}`. */
const ANY = /[<>*[\]{}$?]|^(?:[XYN]+|\.\.\.|…)$|[XN]$/;
const PATH = /\/(?:sys|proc)\/(?:<[^<>\n]*>|\{[^{}\s]*\}|\[[^\s[\]]*\]|[\w.:*+-]|\/(?=[\w<*{[]))+/g;
/** Written by whoever uses a machine, or not meant to be relied on. */
const FREE =
  /^\/(?:sys\/(?:kernel\/(?:debug|tracing|config)|fs\/cgroup|devices|dev|module)|proc\/sys\/dev)\b/;

/** Paths of /sys and /proc in a text, with where they are. */
export function findPaths(text: string): { readonly path: string; readonly at: number }[] {
  return [...text.matchAll(PATH)].flatMap((match) => {
    // `/usr/src/proc/x` is none, and neither is what goes on with a name of another kind.
    if (/[\w.>)\]}~-]/.test(text[match.index - 1] ?? " ")) return [];
    const path = match[0].replace(/:\d+$|[.:,+-]+$/, "");
    return [{ path, at: match.index }];
  });
}

/** Sysctl names, `vm.swappiness`, of a document below admin-guide/sysctl, as paths. */
export function findSysctls(path: string, text: string): string[] {
  const table = /admin-guide\/sysctl\/(\w+)\.rst$/.exec(path)?.[1];
  if (table === undefined) return [];
  const titles = [...text.matchAll(/^(\S.*)\n(?:=+|-+|~+)$/gm)].map((match) => match[1] ?? "");
  const words = titles.flatMap((title) => title.match(/\b[a-z][\w-]*/g) ?? []);
  return words.map((word) => `/proc/sys/${table}/${word}`);
}

/** A tree of path components. */
interface Node {
  readonly below: Map<string, Node>;
}

/** Tells whether a path of /sys or /proc is documented. */
export interface Interfaces {
  isDocumented(path: string): boolean;
}

/**
 * Makes the tree of documented paths.
 *
 * @param strict whether only these are documented, and not what nobody lists
 */
export function openInterfaces(
  paths: Iterable<string>,
  { strict = false }: { readonly strict?: boolean } = {},
): Interfaces {
  const root: Node = { below: new Map() };
  for (const written of paths) {
    // `/sys/kernel/mm/*` speaks of what is below, and documents nothing of it.
    const path = written.replace(/(?:\/(?:\*|\.{3}))+$/, "");
    let node = root;
    for (const part of partsOf(path)) {
      const next = node.below.get(part) ?? { below: new Map<string, Node>() };
      node.below.set(part, next);
      node = next;
    }
  }
  return {
    isDocumented: (path) => {
      const parts = partsOf(path);
      if (reaches(root, parts)) return true;
      return !strict && (FREE.test(path) || !isListed(root, parts.slice(0, -1)));
    },
  };
}

function partsOf(path: string): string[] {
  const parts = path.split("/").filter((part) => part !== "");
  return parts.map((part) => (ANY.test(part) || /^(?:\d+|self)$/.test(part) ? "*" : part));
}

/** Whether the documents tell what a directory has: at least two names in it. */
function isListed(root: Node, parts: readonly string[]): boolean {
  let node: Node | undefined = root;
  for (const part of parts) node = node?.below.get(part) ?? node?.below.get("*");
  return node !== undefined && [...node.below.keys()].filter((name) => name !== "*").length > 1;
}

/** Whether a path is one of the tree, or leads to one. */
function reaches(node: Node, parts: readonly string[]): boolean {
  const [part, ...rest] = parts;
  if (part === undefined) return true;
  const ways =
    part === "*" ? [...node.below.values()] : [node.below.get(part), node.below.get("*")];
  return ways.some((way) => way !== undefined && reaches(way, rest));
}
