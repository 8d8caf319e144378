/** A file that is put into memory before the first instruction. */
export interface BootFile {
  /** Named in messages. */
  readonly file: string
  readonly bytes: Uint8Array
}

/** A stretch of memory that a file takes, its zeros included. Physical addresses and sizes in bytes. */
export interface Placement {
  readonly file: string
  readonly address: number
  readonly bytes: Uint8Array
  readonly memorySize: number
}
