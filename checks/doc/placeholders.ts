const FIRST = /^(?:my|your|some|xx|baz|func|function|demo|sample)(?:_|$)|^[xX]_/;
const ANYWHERE = /foo|(?:^|_)bar(?:_|$)|example|X{3}|x{3}|y{3}|_x$/;

/** Whether a name in a document stands for any: `foo_bar`, `my_driver`, `xxx_probe`. */
export function isPlaceholder(name: string): boolean {
  return FIRST.test(name) || ANYWHERE.test(name);
}
