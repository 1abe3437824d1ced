import type { MadeShop } from '../bulk.ts'

/** Of a kind and a number, so that tests can name what they mean. */
export const idOf = (kind: number, number: number) =>
  `019a3c1e-7f00-7000-8${String(kind).padStart(3, '0')}-${String(number).padStart(12, '0')}`

const colours = ['Red', 'Green', 'Blue']

/** So many mugs and lamps: three variants and two images each, in two leaves under "Home". */
export function madeShop(count: number): MadeShop {
  const category = (number: number, name: string, parent: number | null) => ({
    id: idOf(1, number),
    slug: name.toLowerCase(),
    name,
    parentId: parent === null ? null : idOf(1, parent),
    position: number,
    attributes: [{ key: 'height', name: 'Height', unit: 'cm' }],
  })
  return {
    tags: ['gift', 'new in'],
    categories: () => [
      category(1, 'Home', null),
      category(2, 'Mugs', 1),
      category(3, 'Lamps', 1),
      category(4, 'Garden', null),
    ],
    brands: () => [
      { id: idOf(2, 1), slug: 'hafen', name: 'Hafen' },
      { id: idOf(2, 2), slug: 'werkhof', name: 'Werkhof' },
    ],
    sellers: () => [
      { id: idOf(3, 1), slug: 'direct', name: 'Direct', country: 'DE', commissionBps: 0 },
      { id: idOf(3, 2), slug: 'polder', name: 'Polder', country: 'NL', commissionBps: 1200 },
    ],
    products: () => Array.from({ length: count }, (_, number) => madeProduct(number)),
    collections: () => [
      {
        id: idOf(4, 1),
        slug: 'gifts',
        name: 'Gifts',
        description: 'To give.',
        productIds: [idOf(5, 2), idOf(5, 0), idOf(5, 1)],
      },
    ],
  }
}

function madeProduct(number: number) {
  const isMug = number % 2 === 0
  const name = `${isMug ? 'Mug' : 'Lamp'} ${number}`
  return {
    id: idOf(5, number),
    slug: name.toLowerCase().replace(' ', '-'),
    name,
    description: `${name}, made by hand.`,
    brandId: idOf(2, 1 + (number % 3 === 0 ? 1 : 0)),
    sellerId: idOf(3, 1 + (number % 5 === 0 ? 1 : 0)),
    categoryId: idOf(1, isMug ? 2 : 3),
    tags: number % 4 === 0 ? ['gift'] : [],
    status: 'ACTIVE' as const,
    attributes: [
      { key: 'height', value: 5 + (number % 4) },
      { key: 'fragile', value: isMug },
    ],
    createdAt: new Date(Date.parse('2026-01-01T00:00:00Z') + number * 60_000),
    archivedAt: null,
    variants: colours.map((colour, index) => ({
      id: idOf(6, number * 3 + index),
      sku: `M-${number}-${index}`,
      gtin: '4006381333931',
      attributes: [{ key: 'colour', value: colour }],
      amountMinor: 1000 + ((number * 37) % 100) * 10 + index * 100,
      compareAtMinor: index === 1 ? 9999 : null,
      weightGrams: 300,
    })),
    images: [0, 1].map((index) => ({
      id: idOf(7, number * 2 + index),
      alt: `${name}, view ${index}`,
      silhouette: 'mug',
      colour: '#aa3344',
    })),
  }
}
