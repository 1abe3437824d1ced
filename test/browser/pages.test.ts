import { test } from 'node:test'
import { wish } from '@shop/kit/testing'
import { peopleOf, shopIn } from '../journey/shop.ts'
import { openStorefront } from '../storefront/open.ts'
import { tryWithoutBrowser } from '../storefront/without-browser.ts'
import { openChromium } from './chromium.ts'
import { tryPlayground } from './playground.ts'
import { tryStorefront, tryUpload } from './storefront.ts'

test('the pages of a shop, in a browser', async (t) => {
  await using browser = await openChromium(t)
  if (!browser) return
  await using storefront = await openStorefront()
  const env = { ALLOWED_ORIGINS: storefront.origin }
  await using shop = await shopIn('solo', t, { products: 40, env })
  if (!shop) return
  const there = {
    address: storefront.over(shop.url),
    people: peopleOf(40),
    picture: wish('STOREFRONT_PICTURE'),
  }

  await t.test('a storefront of another host shows, sells and tells, by a typed client', () =>
    tryStorefront(browser, there),
  )
  await t.test('staff put a picture to a product from their browser', () =>
    tryUpload(browser, there),
  )
  await t.test('the same typed client shows, sells, tells and uploads without a browser', () =>
    tryWithoutBrowser({ endpoint: shop.url, people: peopleOf(40) }),
  )
  await t.test(
    'the playground shows how it was answered, tells the story of a purchase, and asks nobody else',
    () => tryPlayground(browser, shop, wish('PLAYGROUND_PICTURE')),
  )
})
