import { element } from './elements.js'
import { colourOf, serviceChip } from './services.js'

/** @param {number} ms */
export const timeOf = (ms) => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`

/** A row for each fetch, on one clock. @param {import('./watching.js').Seen} seen */
export function tracePane({ trace, isFollowed, wrong }) {
  if (!trace) return element('p', { className: 'hint' }, whyNot(isFollowed, wrong))
  const { ms, plannedMs, fetches } = trace
  const rows = fetches.map(({ service, entities, startMs, ms: took, isAnswered }) =>
    row({
      name: serviceChip(service),
      note: entities === null ? '' : `${entities} entities`,
      colour: `colour-${colourOf(service)}`,
      from: startMs,
      took: took ?? ms - startMs,
      whole: ms,
      isAnswered,
    }),
  )
  return element(
    'div',
    { className: 'trace', role: 'table', 'aria-label': 'Fetches, in milliseconds' },
    row({
      name: element('span', { className: 'chip' }, 'router'),
      note: 'reads, checks and plans',
      colour: 'colour-none',
      from: 0,
      took: plannedMs,
      whole: ms,
      isAnswered: true,
    }),
    ...rows,
    element('p', { className: 'hint' }, totalOf(ms, fetches.length)),
  )
}

/**
 * @param {number} ms
 * @param {number} count
 */
const totalOf = (ms, count) =>
  `${timeOf(ms)} in the router, with ${count === 1 ? 'one fetch' : `${count} fetches`}. What is kept is not fetched.`

/**
 * @param {boolean} isFollowed
 * @param {string | null} wrong
 */
function whyNot(isFollowed, wrong) {
  if (isFollowed)
    return 'What is answered piece by piece has no one clock. Its plan is beside this.'
  return wrong ? `It was not run. ${wrong}` : 'Nothing was fetched.'
}

/**
 * @param {{ name: HTMLElement, note: string, colour: string, from: number, took: number, whole: number, isAnswered: boolean }} one
 */
function row({ name, note, colour, from, took, whole, isAnswered }) {
  const bar = element('span', { className: `stretch ${colour}${isAnswered ? '' : ' is-wrong'}` })
  const percent = (/** @type {number} */ ms) =>
    `${Math.min(100, (100 * ms) / Math.max(whole, 0.01))}%`
  bar.style.left = percent(from)
  bar.style.width = percent(took)
  return element(
    'div',
    { className: 'row', role: 'row' },
    element('span', { role: 'cell' }, name, element('small', {}, note)),
    element('span', { className: 'track', role: 'cell', 'aria-hidden': 'true' }, bar),
    element('b', { role: 'cell' }, isAnswered ? timeOf(took) : 'failed'),
  )
}
