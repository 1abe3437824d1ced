import { element } from './elements.js'
import { serviceChip } from './services.js'
import { timeOf } from './trace.js'

/**
 * @typedef {import('./watching.js').Plan} Plan
 * @typedef {import('./watching.js').Fetch} Fetch
 * @typedef {import('./watching.js').SeenFetch} SeenFetch
 */

/** Which subgraph is asked for what, after what. @param {import('./watching.js').Seen} seen */
export function planPane({ plan, trace, wrong, isFollowed }) {
  if (!plan) {
    const why = wrong
      ? `It was not run. ${wrong}`
      : 'No subgraph is asked for this: the router knows it.'
    return element('p', { className: 'hint' }, why)
  }
  const fetches = isFollowed ? null : [...(trace?.fetches ?? [])]
  return element('ol', { className: 'plan' }, nodeOf(plan, fetches))
}

/**
 * @param {Plan} plan
 * @param {SeenFetch[] | null} fetches what was fetched, where it was watched
 * @returns {HTMLLIElement}
 */
function nodeOf(plan, fetches) {
  switch (plan.kind) {
    case 'sequence':
      return branch('one after another', plan.nodes, fetches)
    case 'parallel':
      return branch('at once', plan.nodes, fetches)
    case 'condition':
      return branch(`where $${plan.variable} says so`, those(plan.yes, plan.no), fetches)
    case 'subscription':
      return branch('followed; on each event', those(plan.first, plan.rest), fetches)
    case 'fetch':
      return leaf(plan, fetches)
  }
}

/** @param {...(Plan | undefined)} plans */
const those = (...plans) => plans.flatMap((plan) => plan ?? [])

/**
 * @param {string} says
 * @param {Plan[]} nodes
 * @param {SeenFetch[] | null} fetches
 */
function branch(says, nodes, fetches) {
  const within = nodes.map((each) => nodeOf(each, fetches))
  return element(
    'li',
    {},
    element('span', { className: 'how' }, says),
    element('ol', {}, ...within),
  )
}

/**
 * @param {Fetch} fetch
 * @param {SeenFetch[] | null} fetches
 */
function leaf({ service, document, text, places, needs }, fetches) {
  const [first = ''] = places
  const more = places.length > 1 ? ` and ${places.length - 1} more` : ''
  const summary = element('summary', {}, serviceChip(service))
  if (first) {
    summary.append(element('code', {}, first.replaceAll('.@', '[]') + more))
    summary.append(element('small', {}, `by ${needs.join(', ')}`))
  }
  summary.append(element('span', { className: 'space' }), ...how(service, document, fetches))
  return element('li', {}, element('details', {}, summary, element('pre', {}, text)))
}

/**
 * @param {string} service
 * @param {string} document
 * @param {SeenFetch[] | null} fetches
 */
function how(service, document, fetches) {
  if (!fetches) return []
  const seen = fetches.find((each) => each.service === service && alike(each.document, document))
  if (!seen) return [element('small', {}, 'not asked')]
  const { entities, ms, isAnswered } = seen
  const count = entities === null ? [] : [element('small', {}, `${entities} entities`)]
  const time = element('b', {}, isAnswered && ms !== null ? timeOf(ms) : 'failed')
  return [...count, time]
}

/**
 * Some planners number their operations, and the router takes the numbers away.
 * @param {string} one
 * @param {string} other
 */
const alike = (one, other) => one.replace(/__\d+/, '') === other.replace(/__\d+/, '')
