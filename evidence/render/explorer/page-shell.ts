/** The page before its script runs: head, landmarks and the shapes of the five tones. It allows no network and no markup from data. */
import type { Theme } from '../theme.js'

/** Scripts, styles, fonts and images of the folder alone; markup in a text is refused where the browser knows trusted types. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types explorer-data',
].join('; ')

/** Shapes of the tones in a box of 16 by 16: check, cross, half disc, ring, triangle. */
const SHAPES: Readonly<Record<string, string>> = {
  good: '<path d="M2.5 8.6 6.2 12.3 13.5 4" fill="none" stroke="currentColor" stroke-width="2.4"/>',
  bad: '<path d="M3.5 3.5 12.5 12.5M12.5 3.5 3.5 12.5" fill="none" stroke="currentColor" stroke-width="2.4"/>',
  partly:
    '<circle cx="8" cy="8" r="5.2" fill="none" stroke="currentColor" stroke-width="1.8"/><path d="M8 2.8A5.2 5.2 0 0 0 8 13.2Z" fill="currentColor"/>',
  open: '<circle cx="8" cy="8" r="5.2" fill="none" stroke="currentColor" stroke-width="1.8"/>',
  note: '<path d="M8 2.6 14 13.2H2Z" fill="currentColor"/>',
}

export function pageShell(title: string, { mark }: Theme): string {
  const shapes = Object.entries(SHAPES).map(([tone, shape]) => `<symbol id="shape-${tone}" viewBox="0 0 16 16">${shape}</symbol>`)
  return `<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeText(title)}</title>
<link rel="stylesheet" href="explorer.css">
<link rel="icon" href="mark.svg" type="image/svg+xml">
<script src="explorer.js"></script>
<script src="data/summary.js" defer></script>
</head>
<body>
<svg class="shapes" aria-hidden="true">${shapes.join('')}</svg>
<a class="skip" href="#main">Skip to the content</a>
<header class="masthead">
<a class="home" href="#/overview"><svg class="mark" viewBox="0 0 ${mark.width} ${mark.height}" aria-hidden="true"><path fill-rule="evenodd" d="${escapeText(mark.path)}"/></svg><span class="report-title">${escapeText(title)}</span></a>
<nav id="parts" aria-label="Parts"></nav>
<div id="tools" class="tools"></div>
</header>
<main id="main" tabindex="-1"><noscript><p class="note">The explorer is a script: allow scripts for this folder, or read the matrices and documents of the pack instead.</p></noscript></main>
<div id="announcer" class="unseen" role="status" aria-live="polite"></div>
</body>
</html>
`
}

/** The mark as the picture of the tab. */
export function markPicture({ mark, light }: Theme): string {
  const colour = light.accent
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -10 ${mark.width} ${mark.width}"><path fill="${colour}" fill-rule="evenodd" d="${escapeText(mark.path)}"/></svg>\n`
}

function escapeText(text: string): string {
  const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
  return text.replace(/[&<>"']/g, (sign) => names[sign] ?? sign)
}
