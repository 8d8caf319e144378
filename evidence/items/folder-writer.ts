/**
 * Where a writer puts its files: the folder of a pack that is being staged. Paths are relative, `/` between folders. What is handed
 * over is written and digested once, so a writer joins its text in chunks and hands over whole files or pieces of one.
 */
export interface FolderWriter {
  /** The whole file. @throws Error (a defect) for a path that was written before or that leads out of the folder. */
  write(path: string, content: string | Uint8Array): void
  /** A file in pieces: `add` in order, then `end` once. Strings may be of any length; they are written as UTF-8. */
  open(path: string): PieceWriter
}

export interface PieceWriter {
  add(piece: string | Uint8Array): void
  end(): void
}
