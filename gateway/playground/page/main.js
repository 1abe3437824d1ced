import { openDock } from './dock.js'
import { byId } from './elements.js'
import { openExamples } from './examples.js'
import { openPeople } from './people.js'
import { settings } from './settings.js'
import { watchAsking } from './watching.js'

const { show } = openDock(byId('dock'))
watchAsking(show)
openExamples()
// Before GraphiQL asks anything, so that it asks as who was here before the reload.
await openPeople(() => {})

const { YogaGraphiQL } =
  /** @type {{ YogaGraphiQL: { renderYogaGraphiQL(root: HTMLElement, options: object): void } }} */ (
    /** @type {unknown} */ (globalThis)
  )
const [first] = settings.examples
YogaGraphiQL.renderYogaGraphiQL(byId('root'), {
  endpoint: settings.endpoint,
  title: '',
  logo: ' ',
  defaultQuery: first?.text,
  subscriptionsProtocol: 'SSE',
  additionalHeaders: { 'x-shop-client': 'playground' },
})
