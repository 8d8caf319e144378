/** Head and foot of a page without a script, that loads its style sheet and nothing else. */
import { htmlText } from './html-text.js'

/** @param style address of the style sheet. @param before stands between `body` and `main`, as markup. */
export function pageStart(title: string, style: string, before = ''): string {
  return `<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${htmlText(title)}</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
${before}<main id="main">
`
}

export const pageEnd = '</main>\n</body>\n</html>\n'
