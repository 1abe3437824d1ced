import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Data } from '../json.ts'
import { ask, federation2, graphOf, routerOf } from './graph.ts'
import { partsOf, wholeOf } from './parts-client.ts'

const graph = () =>
  graphOf({
    library: {
      typeDefs: `${federation2}
        type Query { media: [Media] book: Book }
        interface Media @key(fields: "id") { id: ID! title: String }
        type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }
        type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int }`,
      resolvers: {
        Query: {
          media: () => [book('b'), { __typename: 'Film', id: 'f', title: 'Film f', minutes: 90 }],
          book: () => book('b'),
        },
        Media: { __resolveReference: ({ id }: Data) => (id === 'gone' ? null : book(id)) },
      },
    },
    ratings: {
      typeDefs: `${federation2}
        type Query { rated: [Media] }
        type Media @interfaceObject @key(fields: "id") { id: ID! rating: Int }`,
      resolvers: {
        Query: { rated: () => ['b', 'gone'].map((id) => ({ id, rating: 5 })) },
        Media: { __resolveReference: ({ id }: Data) => ({ id, rating: String(id).length * 5 }) },
      },
    },
  })

const book = (id: unknown) => ({ __typename: 'Book', id, title: `Book ${id}`, pages: 100 })

for (const engine of ['hive', 'apollo'] as const) {
  test(`${engine}: fields of an interface object stand on whatever implements it`, async () => {
    await using router = await routerOf(graph(), { plans: { engine } })

    const answer = await ask(
      router,
      '{ media { __typename title rating ... on Book { pages } } book { __typename rating ... on Media { title } } }',
    )

    // The reference makes `book` null here: it takes the interface's name for the entity's type.
    assert.deepEqual(answer, {
      data: {
        media: [
          { __typename: 'Book', title: 'Book b', rating: 5, pages: 100 },
          { __typename: 'Film', title: 'Film f', rating: 5 },
        ],
        book: { __typename: 'Book', rating: 5, title: 'Book b' },
      },
    })
  })

  test(`${engine}: which type an interface object has, its owner says, or it is null`, async () => {
    await using router = await routerOf(graph(), { plans: { engine } })

    const answer = await ask(router, '{ rated { __typename id rating ... on Book { pages } } }')

    assert.deepEqual(answer.data, {
      rated: [{ __typename: 'Book', id: 'b', rating: 5, pages: 100 }, null],
    })
  })
}

const failing = () =>
  graphOf({
    library: {
      typeDefs: `${federation2}
        type Query { media: [[Media]] }
        interface Media @key(fields: "id") { id: ID! }
        type Book implements Media @key(fields: "id") { id: ID! pages: Int }
        type Film implements Media @key(fields: "id") { id: ID! minutes: Int }`,
      resolvers: {
        Query: {
          media: () => [[{ __typename: 'Film', id: 'f' }], [{ __typename: 'Book', id: 'b' }]],
        },
      },
    },
    ratings: {
      typeDefs: `${federation2}
        type Media @interfaceObject @key(fields: "id") { id: ID! rating(scale: Int): Int }`,
      resolvers: {
        Media: {
          __resolveReference: ({ id }: Data) => ({ id }),
          rating: ({ id }: Data) => {
            throw new Error(`No rating of ${id}.`)
          },
        },
      },
    },
  })

const errors = ({ errors = [] }: { errors?: Data[] }) =>
  errors.map(({ message, path }) => [message, path]).toSorted()

for (const engine of ['hive', 'apollo'] as const) {
  test(`${engine}: what is wrong with such a type is not told where the field comes later`, async () => {
    await using router = await routerOf(failing(), { plans: { engine } })

    const whole = await wholeOf(
      partsOf(router, '{ media { __typename ... on Media @defer { ... on Book { rating } id } } }'),
    )

    assert.ok(whole.count > 1)
    assert.deepEqual(errors(whole), [['No rating of b.', ['media', 1, 0, 'rating']]])
  })

  test(`${engine}: what is wrong with a type a field was not asked of is not told`, async () => {
    await using router = await routerOf(failing(), { plans: { engine } })

    const ofBooks = await ask(router, '{ media { ... on Book { rating } ... on Film { id } } }')
    const ofBoth = await ask(
      router,
      '{ media { ... on Book { r: rating(scale: 1) } ... on Film { r: rating } } }',
    )

    assert.deepEqual(ofBooks.data, { media: [[{ id: 'f' }], [{ rating: null }]] })
    assert.deepEqual(errors(ofBooks), [['No rating of b.', ['media', 1, 0, 'rating']]])
    assert.deepEqual(errors(ofBoth), [
      ['No rating of b.', ['media', 1, 0, 'r']],
      ['No rating of f.', ['media', 0, 0, 'r']],
    ])
  })
}
