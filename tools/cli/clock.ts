/** Now, in whole seconds since 1970, as git counts time. The one clock of the commands. */
export function nowInSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
