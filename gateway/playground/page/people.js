import { ask, login } from './client.js'
import { byId, element } from './elements.js'
import { settings } from './settings.js'

const note = 'shopgraph:logged-in'
const payload = 'accessToken expiresAt user { email roles }'
const anew = `mutation { refreshToken(input: {}) { ${payload} } }`
const entering = `mutation ($email: String!, $password: String!) {
  login(input: { email: $email, password: $password, cookie: true, device: "Playground" }) { ${payload} }
}`

/** A minute before the access token is over it is asked for anew, by the cookie. */
const earlyMs = 60_000

/** @type {ReturnType<typeof setTimeout> | undefined} */
let clock

/**
 * The log-in of the demo shop. What lasts is a cookie that no script reads; a reload asks it who is here.
 * @param {() => void} onChange
 */
export async function openPeople(onChange) {
  if (settings.people.length === 0) return
  const people = byId('people')
  people.append(
    element('h2', {}, 'People of the demo shop'),
    ...settings.people.map((person) => personButton(person, onChange)),
  )
  byId('leave').addEventListener('click', () => leave(onChange))
  const wasHere = sessionStorage.getItem(note) !== null
  show(null)
  if (wasHere) await renew().catch(() => show(null))
}

/**
 * @param {import('./settings.js').Person} person
 * @param {() => void} onChange
 */
function personButton(person, onChange) {
  const onclick = async () => {
    byId('people').hidePopover()
    try {
      const { email, password } = person
      admit((await ask(entering, { email, password })).login)
      onChange()
    } catch (fault) {
      tell(fault instanceof Error ? fault.message : String(fault))
    }
  }
  return element(
    'button',
    { type: 'button', className: 'choice', onclick },
    face(person.name),
    element('span', {}, element('b', {}, person.name), element('small', {}, person.role)),
  )
}

/** @param {{ accessToken: string, expiresAt: string, user: { email: string } }} admitted */
function admit({ accessToken, expiresAt, user }) {
  login.token = accessToken
  sessionStorage.setItem(note, '1')
  clearTimeout(clock)
  const inMs = Math.max(5_000, Date.parse(expiresAt) - Date.now() - earlyMs)
  clock = setTimeout(() => renew().catch(() => show(null)), inMs)
  show(user.email)
}

async function renew() {
  admit((await ask(anew)).refreshToken)
}

/** @param {() => void} onChange */
async function leave(onChange) {
  await ask('mutation { logout(input: {}) { at } }').catch(() => {})
  show(null)
  onChange()
}

/** @param {string | null} email */
function show(email) {
  if (!email) {
    login.token = null
    clearTimeout(clock)
    sessionStorage.removeItem(note)
  }
  const person = settings.people.find((each) => each.email === email)
  byId('enter').hidden = email !== null
  byId('leave').hidden = email === null
  if (!person) tell('A guest')
  else {
    const { name, role } = person
    byId('who').replaceChildren(face(name), element('b', {}, name), element('small', {}, role))
  }
}

/** @param {string} text */
function tell(text) {
  byId('who').replaceChildren(element('small', {}, text))
}

/** @param {string} name */
const face = (name) =>
  element('span', { className: 'face', 'aria-hidden': 'true' }, name.slice(0, 1))
