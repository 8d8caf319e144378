/** A system of any number of partitions in a row, each of which sends to the next: the smallest that grows with its partitions. */

const WINDOW = 24_000

export function chainOfPartitions(count: number): string {
  const names = Array.from({ length: count }, (_, i) => `partition-${String(i).padStart(4, '0')}`)
  const links = names.slice(1).map((to, i) => ({ from: names[i] ?? '', to }))
  const frame = count * WINDOW
  const lines = [
    `system: chain-of-${count}`,
    'revision: 1',
    `memory: ${count > 64 ? 128 : 16} MiB`,
    `majorFrame: ${frame}`,
    'partitions:',
    ...names.map((name) => `  - { name: ${name}, code: 4 KiB, data: 4 KiB }`),
    'ports:',
    ...links.map(
      ({ from, to }, i) => `  - { name: link-${i}, kind: sampling, message: 32, refresh: ${frame}, from: ${from}, to: [${to}] }`,
    ),
    'schedule:',
    ...names.map((name, i) => `  - { partition: ${name}, at: ${i * WINDOW}, length: ${WINDOW} }`),
    'policy:',
    '  flows:',
    ...links.map(({ from, to }) => `    - { from: ${from}, to: ${to} }`),
    '  never:',
    `    - { from: ${names.at(-1) ?? ''}, to: ${names[0] ?? ''} }`,
  ]
  return `${lines.join('\n')}\n`
}
