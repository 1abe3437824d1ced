import { ask } from './client.js'
import { byId, element } from './elements.js'
import { settings } from './settings.js'

/**
 * @typedef {{ uri: { toString(): string }, setValue(text: string): void }} Model
 * @typedef {{ getModel(): Model | null, focus(): void }} Editor
 */

/** GraphiQL's editor, which is reached as itself: GraphiQL has no way in for a page around it. */
const editors = () =>
  /** @type {{ monaco: { editor: { getEditors(): Editor[] } } }} */ (
    /** @type {unknown} */ (globalThis)
  ).monaco.editor.getEditors()

export function openExamples() {
  const groups = Map.groupBy(settings.examples, ({ group }) => group)
  for (const [group, examples] of groups) {
    byId('examples').append(element('h2', {}, group), ...examples.map(exampleButton))
  }
}

/** @param {import('./settings.js').Example} example */
function exampleButton(example) {
  const onclick = async () => {
    byId('examples').hidePopover()
    await open(example)
  }
  return element('button', { type: 'button', className: 'choice', onclick }, example.title)
}

/** In a tab of its own, with what nobody can write by heart filled in. @param {import('./settings.js').Example} example */
async function open({ text, fills }) {
  const { variables, wrong } = await filled(text, fills)
  document.querySelector('.graphiql-tab-add')?.dispatchEvent(new Event('click', { bubbles: true }))
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  write('operation.graphql', wrong ? `# ${wrong}\n${text}` : text)
  write(
    'variables.json',
    Object.keys(variables).length > 0 ? JSON.stringify(variables, null, 2) : '',
  )
  editors()
    .find((editor) => uriOf(editor).endsWith('operation.graphql'))
    ?.focus()
}

/**
 * @param {string} text
 * @param {import('./settings.js').Fill[]} fills
 */
async function filled(text, fills) {
  /** @type {Record<string, unknown>} */
  const known = {}
  try {
    for (const fill of fills) {
      const data = await ask(fill.ask, known)
      for (const [name, path] of Object.entries(fill.take)) known[name] = at(data, path)
    }
  } catch {
    return {
      variables: {},
      wrong: 'This needs the step before it: there is nothing to go on with yet.',
    }
  }
  const named = new Set([...text.matchAll(/\$(\w+):/g)].map(([, name]) => name))
  const key = named.has('key') ? { key: crypto.randomUUID() } : {}
  const used = Object.entries(known).filter(([name]) => named.has(name))
  return { variables: { ...key, ...Object.fromEntries(used) }, wrong: null }
}

/**
 * @param {unknown} data
 * @param {string} path
 */
function at(data, path) {
  const found = path.split('.').reduce((within, step) => /** @type {any} */ (within)[step], data)
  if (found === undefined) throw new Error(`There is no ${path}.`)
  return found
}

/**
 * @param {string} name
 * @param {string} text
 */
function write(name, text) {
  editors()
    .find((editor) => uriOf(editor).endsWith(name))
    ?.getModel()
    ?.setValue(text)
}

/** @param {Editor} editor */
const uriOf = (editor) => editor.getModel()?.uri.toString() ?? ''
