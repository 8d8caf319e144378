/** Tells a screen reader what changed without moving the focus: the live region of index.html. */
let pending: number | undefined

/** The last of several messages in a moment is the one that counts. */
export function announce(message: string): void {
  window.clearTimeout(pending)
  pending = window.setTimeout(() => {
    const region = document.getElementById('announcer')
    if (region !== null) region.textContent = message
  }, 250)
}
