import { writeFileSync } from 'node:fs'
import path from 'node:path'

export interface Bars {
  readonly title: string
  readonly unit: string
  readonly bars: readonly (readonly [label: string, value: number])[]
}

/** One page that needs nothing else: a bar for each figure, and the figures as they are. */
export function writePage(folder: string, name: string, page: { bars: Bars[]; figures: object }) {
  const charts = page.bars.map(chartOf).join('\n')
  const json = escaped(JSON.stringify(page.figures, null, 2))
  writeFileSync(
    path.join(folder, `${name}.html`),
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>${name}</title>
<style>body{font:15px system-ui;max-width:60rem;margin:2rem auto}svg{width:100%}</style>
<h1>${name}</h1>
${charts}
<pre>${json}</pre></html>\n`,
  )
}

function chartOf({ title, unit, bars }: Bars): string {
  const most = Math.max(1e-9, ...bars.map(([, value]) => value))
  const rows = bars.map(([label, value], at) => {
    const y = at * 24
    const width = Math.max(1, (value / most) * 480)
    return `<text x="0" y="${y + 16}">${escaped(label)}</text>
<rect x="200" y="${y + 4}" width="${width}" height="16" fill="#4878a8"/>
<text x="${210 + width}" y="${y + 16}">${value}</text>`
  })
  return `<h2>${escaped(title)}, ${escaped(unit)}</h2>
<svg viewBox="0 0 800 ${bars.length * 24 + 8}" font-size="13">${rows.join('\n')}</svg>`
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
