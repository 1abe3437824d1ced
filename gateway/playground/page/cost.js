import { element } from './elements.js'
import { settings } from './settings.js'

const { most, capacity } = settings.costs ?? { most: 1, capacity: 1 }

/** What it cost of what one operation may, and what is left to this client. @param {import('./watching.js').Seen} seen */
export function costPane({ cost: { requested, left }, wrong }) {
  if (requested === undefined) {
    const why = wrong ? `It was refused before it was weighed. ${wrong}` : 'It costs nothing.'
    return element('p', { className: 'hint' }, why)
  }
  return element(
    'div',
    { className: 'costs' },
    meter({
      title: 'This operation',
      value: requested,
      of: most,
      says: 'Counted before it runs, by the lists it may give: first, @listSize and @cost say how long and how dear.',
      isUse: true,
    }),
    ...(left === undefined
      ? []
      : [
          meter({
            title: 'Left of your budget',
            value: left,
            of: capacity,
            says: 'Of this client. It fills again at an even pace.',
            isUse: false,
          }),
        ]),
  )
}

/** @param {{ title: string, value: number, of: number, says: string, isUse: boolean }} measured */
function meter({ title, value, of, says, isUse }) {
  const share = Math.max(0, Math.min(1, value / of))
  const isScarce = isUse ? share > 0.8 : share < 0.2
  const bar = element('span', { className: `stretch colour-0${isScarce ? ' is-wrong' : ''}` })
  bar.style.width = `${share * 100}%`
  return element(
    'div',
    {
      className: 'cost',
      role: 'meter',
      'aria-label': title,
      'aria-valuemin': 0,
      'aria-valuemax': of,
      'aria-valuenow': value,
    },
    element('h3', {}, title),
    element(
      'p',
      {},
      element('b', {}, value.toLocaleString('en')),
      ` of ${of.toLocaleString('en')}`,
    ),
    element('span', { className: 'track' }, bar),
    element('small', {}, says),
  )
}
