import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Data } from '../json.ts'
import { ask, federation2, graphOf, routerOf } from './graph.ts'

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
