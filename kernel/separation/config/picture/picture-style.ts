/** Colours and lines of a flow picture, light and dark. The picture brings its own ground, so it can stand on any page. */
const LIGHT = '--ink:#1b2330;--muted:#55606e;--ground:#ffffff;--stripe:#f3f5f8;--lane:#c9d0d9;--data:#0b5cad;--side:#7a4b00;--rule:#a11d3f'
const DARK = '--ink:#e6eaf0;--muted:#a8b2bf;--ground:#12161c;--stripe:#1a2029;--lane:#3a4452;--data:#7db8f5;--side:#e0b060;--rule:#f28ba5'

export const PICTURE_STYLE = [
  `.bulkhead-flows{${LIGHT};font:12px system-ui,sans-serif}`,
  `@media (prefers-color-scheme:dark){.bulkhead-flows{${DARK}}}`,
  '.bulkhead-flows text{fill:var(--ink)}',
  '.bulkhead-flows .title{font-size:14px;font-weight:600}',
  '.bulkhead-flows .legend{fill:var(--muted)}',
  '.bulkhead-flows .ground{fill:var(--ground)}',
  '.bulkhead-flows .stripe{fill:var(--stripe)}',
  '.bulkhead-flows .plain{fill:none}',
  '.bulkhead-flows .lane{stroke:var(--lane)}',
  '.bulkhead-flows .flow line{stroke-width:2}',
  ...Object.entries({ data: 'data', side: 'side', rule: 'rule', never: 'rule' }).map(
    ([nature, colour]) =>
      `.bulkhead-flows .flow.${nature} line{stroke:var(--${colour})}.bulkhead-flows .flow.${nature} circle,.bulkhead-flows .flow.${nature} path{fill:var(--${colour})}`,
  ),
  '.bulkhead-flows .flow.side line{stroke-dasharray:5 3}',
  '.bulkhead-flows .flow.rule line,.bulkhead-flows .flow.never line{stroke-dasharray:1 3}',
  '.bulkhead-flows .flow.never .cross{fill:none;stroke:var(--rule);stroke-width:2.5}',
].join('')
