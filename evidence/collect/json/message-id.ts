/**
 * An id of a message: a number where its text is one of few digits, spelled the only way (`107`, not `0107`), since no string has to be
 * made then; otherwise the text. Equal texts are equal ids, and no others. Empty: none.
 */
export type MessageId = string | number

/** V8 holds such a number without an object of its own. */
export const mostDigits = 9

/** The id with this text. */
export function messageId(text: string): MessageId {
  return /^(?:0|[1-9][0-9]{0,8})$/.test(text) ? Number(text) : text
}

export function printId(id: MessageId): string {
  return JSON.stringify(String(id))
}
