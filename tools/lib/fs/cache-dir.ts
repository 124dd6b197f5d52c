import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** The part of the environment that says where caches live. */
export type CacheEnv = Readonly<Record<string, string | undefined>>;

/**
 * The directory of every cache: `$XDG_CACHE_HOME/rfckit`, else `~/.cache/rfckit`.
 *
 * A relative XDG_CACHE_HOME is ignored, as the XDG base directory specification asks.
 */
export function cacheDir(env: CacheEnv): string {
  const xdg = env["XDG_CACHE_HOME"];
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, "rfckit");
  const home = env["HOME"];
  return join(home === undefined || home === "" ? homedir() : home, ".cache", "rfckit");
}
