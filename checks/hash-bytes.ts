import { createHash } from "node:crypto";

/** SHA-256 in hexadecimal of bytes or of text as UTF-8. */
export function hashBytes(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
