import assert from 'node:assert/strict'
import type { Shop } from '../../deploy/solo/shop.ts'
import type { Browser } from './chromium.ts'
import type { Page } from './page.ts'

const written = (text: string) =>
  `document.querySelector('.graphiql-query-editor .view-lines')?.textContent.includes('${text}')`
const answered = (text: string) =>
  `document.querySelector('.graphiql-response .view-lines')?.textContent.replaceAll('\\u00a0', ' ').includes('${text}')`
const seen = (text: string) => `document.querySelector('#pane').innerText.includes('${text}')`
const summary = (name: string) =>
  `document.querySelector('.summary').textContent.startsWith('${name}')`
const who = (text: string) => `document.querySelector('#who').textContent.includes('${text}')`

type Run = readonly [title: string, name: string, answer: string]

/** Opens an example in a tab of its own, and runs it as its reader does. */
async function run(page: Page, [title, name, answer]: Run): Promise<void> {
  await page.click('.bar .button', 'Examples')
  await page.click('.choice', title)
  await page.until(written(name))
  // On a machine that is full GraphiQL has not read it yet, or the shop answers late: then it is run
  // again, which does nothing twice.
  const late = `(${answered('Cannot infer operation')} || ${answered('No answer came in time')})`
  const done = `${summary(name)} && ${answered(answer)}`
  do {
    await page.click('.graphiql-execute-button')
  } while (isLate(await page.until(`${late} ? 'late' : ${done}`)))
}

const isLate = (so: unknown) => so === 'late'

async function logIn(page: Page, role: string): Promise<void> {
  await page.click('#enter')
  await page.click('#people .choice', role)
  await page.until(who(role))
}

async function looksAround(page: Page, picture?: string): Promise<void> {
  await page.until(written('FirstPage'))
  await page.click('.graphiql-query-editor .view-lines')
  await page.press('Enter', true)
  await page.until(summary('FirstPage'))
  await run(page, ['One product, from two subgraphs', 'OneProduct', 'Volta Pulse Zen'])
  await page.click('#tab-plan')
  await page.until(`${seen('catalog')} && ${seen('inventory')} && ${seen('product.variants[]')}`)

  if (picture) await page.picture(picture)
  // As a keyboard goes through the tabs.
  await page.press('ArrowRight')
  await page.until(seen('in the router, with 2 fetches'))
  await page.press('ArrowRight')
  await page.until(`${seen('This operation')} && ${seen('of 50,000')} && ${seen('of 2,000,000')}`)
}

/** The first part is shown before the second is there. */
async function seesParts(page: Page): Promise<void> {
  await page.run(`(() => {
    const asked = globalThis.fetch
    window.kinds = []
    globalThis.fetch = async (...words) => {
      const response = await asked(...words)
      window.kinds.push(response.headers.get('content-type'))
      return response
    }
  })()`)
  await run(page, ['What may come later', 'InParts', '"available": '])
  const kinds = await page.run<string[]>('window.kinds')
  assert.ok(kinds.includes('multipart/mixed;boundary="-";deferSpec=20220824'), `${kinds}`)
}

async function buys(page: Page): Promise<void> {
  await run(page, ['1 · Fill a cart', 'FillCart', '"quantity": 2'])
  await run(page, ['2 · What it will cost', 'WhatItCosts', '"__typename": "Quoted"'])
  await run(page, ['4 · Buy', 'Buy', '"__typename": "CheckoutAccepted"'])
}

async function isWhoever(page: Page): Promise<void> {
  await page.until(who('A guest'))
  await run(page, ['The newest orders', 'NewestOrders', '"UNAUTHENTICATED"'])
  await logIn(page, 'Support')
  await run(page, ['The newest orders', 'NewestOrders', '"totalCount": '])

  await page.run('location.reload()')
  await page.until(who('Support'))
  await page.click('#leave')
  await page.until(who('A guest'))
  await logIn(page, 'Shopper')
  await run(page, ['What I bought', 'MyOrders', '"email": '])
}

/** Shows how it was answered, tells the story of a purchase, and asks nobody else. */
export async function tryPlayground(browser: Browser, shop: Shop, picture?: string): Promise<void> {
  const { origin } = new URL(shop.url)
  const page = await browser.open(`${origin}/playground`)

  await looksAround(page, picture)
  await seesParts(page)
  await buys(page)
  await isWhoever(page)

  assert.equal(await page.run('document.title'), 'GraphQL Playground')
  assert.deepEqual(page.faults, [])
  const elsewhere = page.requests.filter((url) => !/^(data:|blob:)/.test(url))
  assert.deepEqual([...new Set(elsewhere.map((url) => new URL(url).origin))], [origin])
}
