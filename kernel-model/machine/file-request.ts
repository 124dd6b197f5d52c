import type { FileMode } from "./state.ts";

/** A call that the VFS answers without the driver. */
export interface FileRequest {
  readonly op: "open" | "lseek" | "read" | "write" | "mmap" | "epoll-add";
  /** The open file; for open the modes that are asked for. */
  readonly file: FileMode;
  /** Whether the caller may override file permissions (CAP_DAC_OVERRIDE). */
  readonly privileged: boolean;
}
