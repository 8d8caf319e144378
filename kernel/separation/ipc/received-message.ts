/** A message as it leaves a port; `writtenAt` in model cycles. */
export interface ReceivedMessage {
  readonly message: Uint8Array
  readonly writtenAt: number
}
