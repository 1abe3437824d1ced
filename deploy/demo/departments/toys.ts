import { type Department, either, from, oneOf } from './spec.ts'

const age = from(1, 10).by(1, 'years')
const washable = either('It may be washed at 30 °C, and should be.')
const plasticFree = either('There is no plastic in it, nor around it.')

export const toys: Department = {
  name: 'Toys',
  palette: 'bright',
  elasticity: -1.9,
  returnRate: 0.04,
  weight: 8,
  reducedTax: false,
  season: {
    week: [0.94, 0.9, 0.92, 0.95, 1, 1.14, 1.15],
    amplitude: 0.2,
    peakDay: 340,
    gifts: 2.2,
  },
  brands: [
    'Little Acorn',
    'Pipkin',
    'Tumbledown',
    'Wonderwick',
    'Bobbin & Bear',
    'Marble Run Co',
    'Kiddo',
  ],
  series: [
    'Dotty',
    'Jolly',
    'Pocket',
    'Rainbow',
    'Bumble',
    'Comet',
    'Moonlit',
    'Button',
    'Puddle',
    'Clever',
    'Wobbly',
    'Captain',
    'Sunny',
  ],
  closings: [
    'Made to be handed down.',
    'Safe for small hands: tested after EN 71.',
    'Missing a piece? We send single ones.',
  ],
  groups: {
    'Soft Toys': [
      {
        name: 'Teddy Bears',
        noun: 'Teddy Bear',
        drawn: 'teddy',
        price: [14, 69],
        grams: [180, 700],
        comes: 'colours',
        tags: ['gift', 'baby'],
        attributes: {
          fur: oneOf('cotton plush', 'mohair', 'organic cotton', 'alpaca blend'),
          height: from(18, 55).by(1, 'cm'),
          age,
          washable,
        },
        says: [
          'A {noun} {height} tall in {fur}, with a face that listens.',
          'For friends from {age} on.',
        ],
      },
      {
        name: 'Dolls',
        noun: 'Rag Doll',
        drawn: 'doll',
        price: [16, 59],
        grams: [160, 420],
        comes: 'colours',
        tags: ['gift'],
        attributes: {
          body: oneOf('cotton', 'linen', 'jersey'),
          height: from(25, 45).by(1, 'cm'),
          age,
          washable,
        },
        says: [
          'A {noun} in {body}, {height} tall, whose clothes come off and go on again.',
          'For children from {age}.',
        ],
      },
    ],
    'Building & Puzzles': [
      {
        name: 'Building Blocks',
        noun: 'Block Set',
        drawn: 'blocks',
        price: [15, 89],
        grams: [600, 3200],
        comes: 'once',
        tags: ['gift', 'learning'],
        attributes: {
          material: oneOf('beech', 'maple', 'cork', 'bioplastic'),
          pieces: from(24, 240).by(12, 'pieces'),
          age,
          plasticFree,
        },
        says: [
          'A {noun} of {pieces} in {material}.',
          'Corners are rounded and colours stay on the blocks. From {age}.',
        ],
      },
      {
        name: 'Puzzles',
        noun: 'Puzzle',
        drawn: 'puzzle',
        price: [9, 39],
        grams: [300, 1100],
        comes: 'once',
        tags: ['gift', 'family'],
        attributes: {
          motif: oneOf('harbour', 'forest animals', 'city map', 'night sky', 'market'),
          pieces: from(48, 1500).by(12, 'pieces'),
          age,
          plasticFree,
        },
        says: [
          'A {noun} of {pieces} with a {motif} drawn by hand.',
          'Cut so that no two pieces can be mistaken. From {age}.',
        ],
      },
    ],
    'Games & Vehicles': [
      {
        name: 'Board Games',
        noun: 'Board Game',
        drawn: 'boxgame',
        price: [15, 65],
        grams: [500, 1900],
        comes: 'once',
        tags: ['family', 'gift', 'party'],
        attributes: {
          players: oneOf('2', '2–4', '3–6', '2–8'),
          duration: from(15, 90).by(5, 'minutes'),
          kind: oneOf('cooperative', 'strategy', 'party', 'memory'),
          age,
        },
        says: [
          'A {kind} {noun} for {players} players and {duration}.',
          'The rules fit on one page. From {age}.',
        ],
      },
      {
        name: 'Toy Cars',
        noun: 'Toy Car',
        drawn: 'car',
        price: [8, 45],
        grams: [120, 620],
        comes: 'colours',
        tags: ['gift', 'school'],
        attributes: {
          material: oneOf('beech', 'die-cast metal', 'bioplastic'),
          length: from(8, 30).by(1, 'cm'),
          drive: oneOf('push', 'pull-back', 'clockwork'),
          age,
        },
        says: [
          'A {noun} in {material}, {length} long, driven by {drive}.',
          'Its axles are steel and survive stairs. From {age}.',
        ],
      },
    ],
  },
}
