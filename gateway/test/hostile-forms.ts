import { type Field, fieldsOf, keepOne, oneFile, onePlace } from './forms.ts'

const other = (variables: object, query = keepOne) => ({ query, variables })
const polluted = `{"query":${JSON.stringify(keepOne)},"variables":{"__proto__":{"file":null},"input":{}}}`

export const hostileForms: readonly (readonly [
  what: string,
  fields: readonly Field[],
  code: string,
])[] = [
  [
    'a map that points nowhere',
    fieldsOf(oneFile, { a: ['variables.nowhere'] }, { a: '1' }),
    'BAD_REQUEST',
  ],
  [
    'a map that points beside variables',
    fieldsOf(oneFile, { a: ['query'] }, { a: '1' }),
    'BAD_REQUEST',
  ],
  [
    'a map that points to what is given',
    fieldsOf(other({ input: { name: 'x' } }), { a: ['variables.input.name'] }, { a: '1' }),
    'BAD_REQUEST',
  ],
  [
    'a map of one place twice',
    fieldsOf(oneFile, { a: onePlace.a, b: onePlace.a }, { a: '1', b: '2' }),
    'BAD_REQUEST',
  ],
  ['a map that is a list', fieldsOf(oneFile, [onePlace.a], { 0: '1' }), 'BAD_REQUEST'],
  ['a map of a file without a place', fieldsOf(oneFile, { a: [] }, { a: '1' }), 'BAD_REQUEST'],
  [
    'a map of more places than there may be files',
    fieldsOf(oneFile, { a: Array(4).fill('variables.input.file') }, { a: '1' }),
    'BAD_REQUEST',
  ],
  [
    'a path to the prototype',
    [
      ['operations', polluted],
      ['map', '{"a":["variables.__proto__.file"]}'],
      ['a', new Blob(['1'])],
    ],
    'BAD_REQUEST',
  ],
  [
    'a path to what every object has',
    fieldsOf(oneFile, { a: ['variables.input.constructor.prototype'] }, { a: '1' }),
    'BAD_REQUEST',
  ],
  [
    'a file for what is no file',
    fieldsOf(other({ input: { name: null } }), { a: ['variables.input.name'] }, { a: '1' }),
    'BAD_REQUEST',
  ],
  [
    'a file for a query',
    fieldsOf(
      other({ f: null }, 'query ($f: Upload) { n(file: $f) }'),
      { a: ['variables.f'] },
      { a: '1' },
    ),
    'BAD_REQUEST',
  ],
  ['a file that did not come', fieldsOf(oneFile, onePlace, {}), 'BAD_REQUEST'],
  ['a file that nobody named', fieldsOf(oneFile, onePlace, { a: '1', b: '2' }), 'BAD_REQUEST'],
  [
    'one file twice',
    [...fieldsOf(oneFile, onePlace, { a: '1' }), ['a', new Blob(['2'])]],
    'BAD_REQUEST',
  ],
  ['a file before its map', fieldsOf(oneFile, onePlace, { a: '1' }).toReversed(), 'BAD_REQUEST'],
  [
    'operations that are not JSON',
    [
      ['operations', '{'],
      ['map', '{}'],
    ],
    'BAD_REQUEST',
  ],
  ['a batch', fieldsOf([oneFile], { a: ['variables.input.file'] }, { a: '1' }), 'BAD_REQUEST'],
  [
    'more fields than there are',
    [...fieldsOf(oneFile, onePlace, {}), ['more', 'x']],
    'BAD_REQUEST',
  ],
  [
    'more files than there may be',
    fieldsOf(oneFile, onePlace, { a: '1', b: '2', c: '3', d: '4' }),
    'BAD_REQUEST',
  ],
  [
    'a file that is too large',
    fieldsOf(oneFile, onePlace, { a: 'x'.repeat(1_001) }),
    'REQUEST_TOO_LARGE',
  ],
  [
    'a form that is too large',
    fieldsOf(oneFile, onePlace, { a: 'x'.repeat(100_000) }),
    'REQUEST_TOO_LARGE',
  ],
  [
    'a document that is not valid',
    fieldsOf(
      other({ input: { file: null } }, 'mutation ($input: Kept!) { no(input: $input) }'),
      onePlace,
      { a: '1' },
    ),
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'what is not for who asks',
    fieldsOf(
      other({ f: null }, 'mutation ($f: Upload) { secret(file: $f) }'),
      { a: ['variables.f'] },
      { a: '1' },
    ),
    'UNAUTHENTICATED',
  ],
]
