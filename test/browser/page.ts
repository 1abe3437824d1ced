import { writeFileSync } from 'node:fs'
import type { Told, Wire } from './wire.ts'

const waitsMs = 20_000

export interface Size {
  readonly width: number
  readonly height: number
  readonly isDark?: boolean
}

/** One page, and all it asked for and complained of. */
export class Page {
  /** Addresses of every request that it made. */
  readonly requests: string[] = []
  /** What its console and its policy say is wrong. */
  readonly faults: string[] = []
  readonly #wire: Wire
  readonly #session: string

  constructor(wire: Wire, session: string) {
    this.#wire = wire
    this.#session = session
    wire.listen((of, method, params) => {
      if (of === session) this.#hear(method, params)
    })
  }

  async begin({ width, height, isDark = false }: Size): Promise<void> {
    for (const domain of ['Page', 'Runtime', 'Network', 'Log']) await this.#send(`${domain}.enable`)
    const metrics = { width, height, deviceScaleFactor: 1, mobile: false }
    await this.#send('Emulation.setDeviceMetricsOverride', metrics)
    const scheme = { name: 'prefers-color-scheme', value: isDark ? 'dark' : 'light' }
    await this.#send('Emulation.setEmulatedMedia', { features: [scheme] })
  }

  async go(url: string): Promise<void> {
    const { errorText } = await this.#send('Page.navigate', { url })
    if (errorText) throw new Error(`${url}: ${errorText}`)
  }

  /** Runs in the page, and gives back what is JSON of it. */
  async run<T>(expression: string): Promise<T> {
    const told = await this.#send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    })
    const { exceptionDetails, result } = told
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? 'It threw.')
    return result.value
  }

  /** Waits until this is true of the page, and gives it back. */
  async until<T>(expression: string): Promise<T> {
    const end = Date.now() + waitsMs
    for (;;) {
      const value = await this.run<T>(expression).catch(() => undefined)
      if (value) return value
      if (Date.now() > end) {
        const seen = await this.run<string>('document.body.innerText').catch(String)
        throw new Error(`It never was so: ${expression}\nThe page says: ${seen.slice(0, 2000)}`)
      }
      await new Promise((wake) => setTimeout(wake, 50))
    }
  }

  /** The first of this selector that can be seen, and has this text. */
  async click(selector: string, text = ''): Promise<void> {
    const find = `[...document.querySelectorAll(${JSON.stringify(selector)})].find((it) =>
      it.checkVisibility() && it.textContent.includes(${JSON.stringify(text)}))`
    const at = await this.until<{ x: number; y: number }>(`(() => {
      const it = ${find}
      if (!it) return null
      it.scrollIntoView({ block: 'nearest' })
      const { x, y, width, height } = it.getBoundingClientRect()
      return { x: x + width / 2, y: y + height / 2 }
    })()`)
    const press = { ...at, button: 'left', clickCount: 1 }
    await this.#send('Input.dispatchMouseEvent', { ...press, type: 'mousePressed' })
    await this.#send('Input.dispatchMouseEvent', { ...press, type: 'mouseReleased' })
  }

  /** A key by its name, as `Tab` or `Enter`; with Control held, where that is said. */
  async press(key: string, isControl = false): Promise<void> {
    const code = { Tab: 9, Enter: 13, Escape: 27, ArrowLeft: 37, ArrowUp: 38, ArrowRight: 39 }[key]
    const event = {
      key,
      code: key,
      windowsVirtualKeyCode: code ?? key.charCodeAt(0),
      modifiers: isControl ? 2 : 0,
      ...(key === 'Enter' && !isControl && { text: '\r' }),
    }
    await this.#send('Input.dispatchKeyEvent', {
      ...event,
      type: event.text ? 'keyDown' : 'rawKeyDown',
    })
    await this.#send('Input.dispatchKeyEvent', { ...event, type: 'keyUp' })
  }

  async picture(file: string): Promise<void> {
    const { data } = await this.#send('Page.captureScreenshot', { format: 'png' })
    writeFileSync(file, Buffer.from(data, 'base64'))
  }

  #send(method: string, params: Told = {}): Promise<Told> {
    return this.#wire.send(method, params, this.#session)
  }

  #hear(method: string, params: Told): void {
    if (method === 'Network.requestWillBeSent') this.requests.push(params.request.url)
    if (method === 'Runtime.exceptionThrown') {
      const { exception, text } = params.exceptionDetails
      this.faults.push(exception?.description ?? text)
    }
    if (method === 'Log.entryAdded' && params.entry.level === 'error') {
      this.faults.push(`${params.entry.text} ${params.entry.url ?? ''}`)
    }
  }
}
