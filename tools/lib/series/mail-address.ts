/** Characters that a name in a header may have without quotes, RFC 5322 atext and space. */
const PLAIN = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*$/;

/**
 * An address as a mail header has it: a name with other than plain characters is quoted, one with
 * other than ASCII is an encoded word.
 *
 * @param text `Name <address>` or `address`
 */
export function formatAddress(text: string): string {
  const [, written, address] = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(text) ?? [];
  if (written === undefined || address === undefined) return text.trim();
  const name = written.replace(/^"(.*)"$/, "$1").replace(/\\(.)/g, "$1");
  if (name === "") return address;
  if (PLAIN.test(name)) return `${name} <${address}>`;
  if (/^[\x20-\x7e]*$/.test(name)) return `"${name.replace(/["\\]/g, "\\$&")}" <${address}>`;
  const word = [...Buffer.from(name)]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      if (/[A-Za-z0-9]/.test(char)) return char;
      return char === " " ? "_" : `=${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");
  return `=?UTF-8?q?${word}?= <${address}>`;
}
