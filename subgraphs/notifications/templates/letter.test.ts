import assert from 'node:assert/strict'
import { test } from 'node:test'
import { templateNames } from '../domain/mail.ts'
import { preview, templates, written } from './all.ts'
import { orderShipped } from './order-shipped.ts'
import { sampleOrder } from './template.ts'
import { verifyAddress } from './verify-address.ts'

test('every mail can be written, in both languages, as text and as HTML', () => {
  assert.deepEqual(
    templates.map(({ name }) => name),
    templateNames,
  )
  for (const name of templateNames) {
    const [english, german] = [preview(name, 'en'), preview(name, 'de')]
    assert.notEqual(english.subject, german.subject, name)
    for (const { subject, text, html } of [english, german]) {
      assert.ok(subject.length > 0 && !/\n/.test(subject), name)
      assert.ok(text.includes('https://shop.example/'), name)
      assert.ok(html.includes('href="https://shop.example/'), name)
    }
  }
})

test('a total is said in the money and the language it is for', () => {
  const { text } = preview('order-paid', 'de')

  assert.match(text, /^ *35,37\s€ {2}Summe$/m)
  assert.match(text, /^ *-3,00\s€ {2}Rabatt$/m)
})

test('what shoppers and staff wrote stays text', () => {
  const evil = '<img src=x onerror=alert(1)>'
  const order = {
    ...sampleOrder,
    number: `7\r\nBcc: all@example.com`,
    items: sampleOrder.items.map((item) => ({ ...item, name: evil })),
  }
  const parcel = {
    carrier: evil,
    trackingNumber: '1',
    trackingUrl: 'javascript:alert(1)',
    items: [{ name: evil, quantity: 1 }],
  }

  const { subject, html } = written(orderShipped, { order, parcel }, 'en')

  assert.equal(subject, 'Your order 7 Bcc: all@example.com is on its way')
  assert.doesNotMatch(html, /<img|href="javascript/)
})

test('what a template does not get, it is not written without', () => {
  assert.throws(() => written(verifyAddress, { link: 'no link' }, 'en'))
})
