import { costPane } from './cost.js'
import { element } from './elements.js'
import { planPane } from './plan.js'
import { settings } from './settings.js'
import { timeOf, tracePane } from './trace.js'

/** @typedef {import('./watching.js').Seen} Seen */
/** @typedef {(seen: Seen) => HTMLElement} Pane */

/** @type {readonly { id: string, title: string, pane: Pane }[]} */
const panes = [
  { id: 'plan', title: 'Plan', pane: planPane },
  { id: 'trace', title: 'Trace', pane: tracePane },
  { id: 'cost', title: 'Cost', pane: costPane },
]

const [least, step] = [120, 24]

/**
 * The panes under the editor.
 * @param {HTMLElement} dock
 * @returns {{ show(seen: Seen): void }}
 */
export function openDock(dock) {
  if (!settings.isSeeing) return { show: () => {} }
  const summary = element('span', { className: 'summary', role: 'status' })
  const { fold, unfold } = folding(dock)
  const { list, body, draw } = tabsOf(unfold)
  dock.append(edge(dock), element('div', { className: 'dock-bar' }, list, summary, fold), body)
  dock.hidden = false
  return {
    show(seen) {
      summary.replaceChildren(...summaryOf(seen))
      draw(seen)
    },
  }
}

/** As a keyboard expects them: one stop, and arrows within. @param {() => void} unfold */
function tabsOf(unfold) {
  const body = element('div', { id: 'pane', className: 'pane', role: 'tabpanel', tabIndex: 0 })
  const tabs = panes.map(({ id, title }) => {
    const props = { type: 'button', id: `tab-${id}`, role: 'tab', 'aria-controls': 'pane' }
    return element('button', props, title)
  })
  const props = { role: 'tablist', className: 'tabs', 'aria-label': 'How it was answered' }
  const list = element('div', props, ...tabs)
  /** @type {Seen | null} */
  let seen = null
  let chosen = 0

  /** @param {number} which */
  function choose(which) {
    chosen = (which + panes.length) % panes.length
    tabs.forEach((tab, at) => {
      tab.setAttribute('aria-selected', String(at === chosen))
      tab.tabIndex = at === chosen ? 0 : -1
    })
    body.setAttribute('aria-labelledby', tabs[chosen]?.id ?? '')
    body.replaceChildren((seen && panes[chosen]?.pane(seen)) || nothingYet())
  }

  tabs.forEach((tab, at) => {
    tab.addEventListener('click', () => {
      choose(at)
      unfold()
    })
  })
  list.addEventListener('keydown', ({ key }) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[key]
    if (by === undefined) return
    choose(chosen + by)
    tabs[chosen]?.focus()
  })
  choose(0)
  const draw = (/** @type {Seen} */ now) => {
    seen = now
    choose(chosen)
  }
  return { list, body, draw }
}

/** @param {HTMLElement} dock */
function folding(dock) {
  const fold = element('button', { type: 'button', className: 'button is-quiet' })
  /** @param {boolean} isFolded */
  const set = (isFolded) => {
    dock.classList.toggle('is-folded', isFolded)
    fold.textContent = isFolded ? 'Show' : 'Hide'
    fold.setAttribute('aria-expanded', String(!isFolded))
  }
  fold.addEventListener('click', () => set(!dock.classList.contains('is-folded')))
  set(false)
  return { fold, unfold: () => set(false) }
}

const nothingYet = () =>
  element(
    'p',
    { className: 'hint' },
    'Run an operation, with Ctrl-Enter: here stands which subgraph was asked for what, what it cost, and what took how long.',
  )

/** @param {Seen} seen */
function summaryOf({ name, ms, cost, wrong }) {
  const told = [
    ms === null ? null : timeOf(ms),
    cost.requested === undefined ? null : `cost ${cost.requested.toLocaleString('en')}`,
  ]
  return [
    element('b', {}, name),
    ...told.flatMap((each) => (each ? [element('span', {}, each)] : [])),
    ...(wrong ? [element('span', { className: 'wrong', title: wrong }, wrong)] : []),
  ]
}

/** Dragged, or moved by the arrows. @param {HTMLElement} dock */
function edge(dock) {
  const made = element('div', {
    className: 'edge',
    role: 'separator',
    tabIndex: 0,
    'aria-orientation': 'horizontal',
    'aria-label': 'Height of the panes',
  })
  /** @param {number} height */
  const set = (height) => {
    const most = innerHeight - 200
    const px = Math.round(Math.min(most, Math.max(least, height)))
    dock.style.setProperty('--dock', `${px}px`)
    made.setAttribute('aria-valuenow', String(px))
  }
  made.addEventListener('keydown', ({ key }) => {
    const by = { ArrowUp: step, ArrowDown: -step }[key]
    if (by !== undefined) set(dock.offsetHeight + by)
  })
  made.addEventListener('pointerdown', ({ pointerId }) => made.setPointerCapture(pointerId))
  made.addEventListener('pointermove', ({ clientY, pointerId }) => {
    if (made.hasPointerCapture(pointerId)) set(innerHeight - clientY)
  })
  return made
}
