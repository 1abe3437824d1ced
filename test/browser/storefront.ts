import assert from 'node:assert/strict'
import type { DemoPerson } from '@shop/gateway/playground/playground'
import type { Browser } from './chromium.ts'
import type { Page } from './page.ts'

const text = (selector: string) => `document.querySelector('${selector}')?.innerText`
const count = (selector: string) => `document.querySelectorAll('${selector}').length`

async function logIn(page: Page, people: readonly DemoPerson[], role: string): Promise<void> {
  const person = people.find((each) => each.role.startsWith(role))
  await page.until(text('#enter'))
  await page.run(`(() => {
    document.querySelector('[name=email]').value = '${person?.email}'
    document.querySelector('[name=password]').value = '${person?.password}'
  })()`)
  await page.click('#enter')
  await page.until(`${text('#who')} === '${person?.email}'`)
}

async function looksAround(page: Page, picture?: string): Promise<void> {
  await page.until(`${count('.card')} === 8`)
  await page.click('#more')
  await page.until(`${count('.card')} === 16`)
  await page.until(`[...document.images].slice(0, 8).every((it) => it.naturalWidth > 0)`)
  await page.run('scrollTo(0, 0)')
  if (picture) await page.picture(picture)
}

/** The page stands before what is left of it is known. */
async function seesWhatIsLeft(page: Page): Promise<void> {
  await page.run(`(() => {
    window.seen = []
    const look = () => {
      const left = ${text('.left')}
      if (left && window.seen.at(-1) !== left) window.seen.push(left)
    }
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true })
  })()`)
  await page.click('.card')
  await page.until(`/^\\d+ left$/.test(${text('.left')} ?? '')`)
  const [first, then] = await page.run<string[]>('window.seen')
  assert.equal(first, '…')
  assert.match(String(then), /^\d+ left$/)
}

async function buys(page: Page): Promise<void> {
  await page.click('.add')
  await page.click('#buy')
  await page.until(text('#bought'))
  assert.match(await page.run(text('#bought')), /^Order \S+, \S+/)
  const steps = await page.run<string>(text('#steps'))
  assert.match(steps, /AUTHORIZE WALKING · COMMIT WALKING · CAPTURE WALKING/)
  await page.until(`${text('#status')} === 'CONFIRMED'`)
}

/** Over a shop: an address, and whom one may be there. */
export interface Place {
  readonly address: string
  readonly people: readonly DemoPerson[]
  /** Where its first page is drawn, for who looks at it. */
  readonly picture?: string | undefined
}

/** A storefront of another host shows, sells and tells, by a typed client. */
export async function tryStorefront(browser: Browser, place: Place): Promise<void> {
  const { address, people, picture } = place
  const page = await browser.open(address)

  await looksAround(page, picture)
  await logIn(page, people, 'Shopper')
  await seesWhatIsLeft(page)
  await buys(page)

  assert.deepEqual(page.faults, [])
}

/** Drawn by the browser itself, and chosen as from its disk: noise is large, and one colour small. */
const choose = (name: string, size: number, isNoise: boolean) => `new Promise((done) => {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = ${size}
  const ink = canvas.getContext('2d')
  const pixels = ink.createImageData(${size}, ${size})
  for (let at = 0; at < pixels.data.length; at++) {
    pixels.data[at] = at % 4 === 3 ? 255 : ${isNoise} ? Math.random() * 255 : 90
  }
  ink.putImageData(pixels, 0, 0)
  canvas.toBlob((blob) => {
    const chosen = new DataTransfer()
    chosen.items.add(new File([blob], '${name}', { type: 'image/png' }))
    const input = document.querySelector('#picture')
    input.files = chosen.files
    input.dispatchEvent(new Event('change', { bubbles: true }))
    done(blob.size)
  }, 'image/png')
})`

/** Staff put pictures to a product from their browser: a small one with the mutation, a large one by a link. */
export async function tryUpload(browser: Browser, { address, people }: Place): Promise<void> {
  const page = await browser.open(address)
  await logIn(page, people, 'Catalogue')
  await page.click('.card')
  await page.until(`document.querySelector('#picture') !== null`)
  const isThere = (name: string) =>
    `[...document.images].find((it) => it.alt === '${name}')?.naturalWidth > 0`

  const small = await page.run<number>(choose('A small one', 300, false))
  await page.until(isThere('A small one'))
  const large = await page.run<number>(choose('A large one', 600, true))
  await page.until(isThere('A large one'))

  assert.deepEqual([small < 500_000, large > 500_000], [true, true])
  const puts = page.requests.filter((url) => url.includes('/private/uploads/'))
  assert.equal(new Set(puts).size, 1)
  assert.deepEqual(page.faults, [])
}
