import { open } from "node:fs/promises";

/** The end of a file that grows, at most so many bytes of it, a character for each byte. */
export async function readTail(file: string, bytes: number): Promise<string> {
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    const part = Buffer.alloc(Math.min(size, bytes));
    const { bytesRead } = await handle.read(part, 0, part.length, size - part.length);
    return part.toString("latin1", 0, bytesRead);
  } finally {
    await handle.close();
  }
}
