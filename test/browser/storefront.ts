import assert from 'node:assert/strict'
import type { DemoPerson } from '@shop/gateway/playground/playground'
import { wish } from '@shop/kit/testing'
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

async function looksAround(page: Page): Promise<void> {
  await page.until(`${count('.card')} === 8`)
  await page.click('#more')
  await page.until(`${count('.card')} === 16`)
  await page.until(`[...document.images].slice(0, 8).every((it) => it.naturalWidth > 0)`)
  const picture = wish('STOREFRONT_PICTURE')
  if (picture) {
    await page.run('scrollTo(0, 0)')
    await page.picture(picture)
  }
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
  const picture = wish('STOREFRONT_PRODUCT_PICTURE')
  if (picture) await page.picture(picture)
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
}

/** A storefront of another host shows, sells and tells, by a typed client. */
export async function tryStorefront(browser: Browser, { address, people }: Place): Promise<void> {
  const page = await browser.open(address)

  await looksAround(page)
  await logIn(page, people, 'Shopper')
  await seesWhatIsLeft(page)
  await buys(page)

  assert.deepEqual(page.faults, [])
}

/** Drawn by the browser itself, and chosen as from its disk. */
const choose = `new Promise((done) => {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 300
  const ink = canvas.getContext('2d')
  ink.fillStyle = 'rgb(15, 107, 83)'
  ink.fillRect(0, 0, 300, 300)
  canvas.toBlob((blob) => {
    const chosen = new DataTransfer()
    chosen.items.add(new File([blob], 'Seen by staff', { type: 'image/png' }))
    const input = document.querySelector('#picture')
    input.files = chosen.files
    input.dispatchEvent(new Event('change', { bubbles: true }))
    done()
  }, 'image/png')
})`

/** Staff put a picture to a product from their browser. */
export async function tryUpload(browser: Browser, { address, people }: Place): Promise<void> {
  const page = await browser.open(address)
  await logIn(page, people, 'Catalogue')
  await page.click('.card')

  await page.until(`document.querySelector('#picture') !== null`)
  await page.run(choose)

  const taken = `[...document.images].find((it) => it.alt === 'Seen by staff')`
  await page.until(`${taken}?.naturalWidth > 0`)
  assert.deepEqual(page.faults, [])
}
