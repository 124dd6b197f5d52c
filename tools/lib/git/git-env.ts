/** Environment of a child: a value of undefined removes the variable. */
export type ChildEnv = Readonly<Record<string, string | undefined>>;

/**
 * An environment in which git gives the same answer for every user.
 *
 * Every inherited `GIT_*` variable is removed (a hook or an alias may have set GIT_DIR or
 * GIT_INDEX_FILE), the files of the user and the system are not read, nothing is asked and
 * replace refs are ignored.
 *
 * @param inherited the environment that the child would get
 */
export function neutralGitEnv(inherited: ChildEnv): ChildEnv {
  const env: Record<string, string | undefined> = {};
  for (const name of Object.keys(inherited)) {
    if (name.startsWith("GIT_")) env[name] = undefined;
  }
  return {
    ...env,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_ATTR_NOSYSTEM: "1",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_LAZY_FETCH: "1",
    GIT_PAGER: "cat",
    PAGER: "cat",
    LC_ALL: "C",
    LANGUAGE: "C",
    TZ: "UTC",
  };
}

/**
 * Options that go before every git subcommand: what a repository's own configuration must not
 * decide. It is untrusted, and hooks, monitors and external programs would be commands.
 */
export const NEUTRAL_OPTIONS: readonly string[] = [
  "--no-pager",
  "-c",
  "core.hooksPath=/dev/null",
  "-c",
  "core.fsmonitor=false",
  "-c",
  "core.attributesFile=/dev/null",
  "-c",
  "core.autocrlf=false",
  "-c",
  "core.quotePath=true",
  "-c",
  "gc.auto=0",
  "-c",
  "maintenance.auto=false",
  "-c",
  "safe.directory=*",
];

/**
 * Options before a git subcommand whose objects or refs must survive a power cut: by default git
 * leaves loose objects to the page cache. `batch` flushes once for many objects.
 */
export const DURABLE_OPTIONS: readonly string[] = [
  "-c",
  "core.fsync=all",
  "-c",
  "core.fsyncMethod=batch",
];
