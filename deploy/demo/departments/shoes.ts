import { type Department, either, from, oneOf, words } from './spec.ts'

const sole = oneOf('natural rubber', 'EVA', 'crêpe rubber', 'cork and rubber')
const drop = from(0, 12).by(1, 'mm')
const last = oneOf('narrow', 'regular', 'wide')
const care = words('Brush when dry', 'Wax twice a season', 'Wipe with a damp cloth')

export const shoes: Department = {
  name: 'Shoes',
  palette: 'fabric',
  elasticity: -1.6,
  returnRate: 0.25,
  weight: 10,
  reducedTax: false,
  season: {
    week: [0.96, 0.9, 0.88, 0.92, 0.98, 1.12, 1.24],
    amplitude: 0.18,
    peakDay: 275,
    gifts: 1.05,
  },
  brands: ['Cobble & Co', 'Strand', 'Pellow', 'Birkhall', 'Tarn', 'Rivello', 'Footprint Union'],
  series: [
    'Mile',
    'Arcade',
    'Pier',
    'Gravel',
    'Avenue',
    'Tempo',
    'Ridge',
    'Parade',
    'Alley',
    'Canter',
    'Plaza',
    'Towpath',
    'Sprint',
    'Ember',
  ],
  closings: [
    'If you stand between two sizes, take the larger.',
    'Resoled by us for a small price for as long as the upper lasts.',
    'The box is made from waste card and opens without a knife.',
  ],
  groups: {
    'Everyday shoes': [
      {
        name: 'Sneakers',
        noun: 'Sneaker',
        drawn: 'sneaker',
        price: [49, 160],
        grams: [520, 860],
        comes: 'shoe sizes',
        tags: ['basics', 'street'],
        attributes: {
          upper: oneOf('full-grain leather', 'canvas', 'recycled knit', 'suede'),
          sole,
          last,
          vegan: either('No part of it comes from an animal.'),
          care,
        },
        says: [
          'A low {noun} with an upper of {upper} and no more logo than it needs.',
          'The sole is {sole}, stitched as well as glued, on a {last} last.',
        ],
      },
      {
        name: 'Loafers',
        noun: 'Loafer',
        drawn: 'loafer',
        price: [59, 180],
        grams: [560, 820],
        comes: 'shoe sizes',
        tags: ['office'],
        attributes: {
          upper: oneOf('calf leather', 'suede', 'patent leather', 'cork'),
          sole,
          last,
          'hand-sewn': either('The apron is sewn by hand.'),
          care,
        },
        says: [
          'A {noun} in {upper} that slips on and stays on.',
          'A {last} last and a {sole} sole make it a shoe for standing in, too.',
        ],
      },
    ],
    'Boots & Sandals': [
      {
        name: 'Boots',
        noun: 'Boot',
        drawn: 'boot',
        price: [79, 240],
        grams: [900, 1500],
        comes: 'shoe sizes',
        tags: ['winter', 'outdoor'],
        attributes: {
          upper: oneOf('oiled leather', 'nubuck', 'full-grain leather', 'suede'),
          sole,
          'shaft height': from(12, 22).by(1, 'cm'),
          waterproof: either('A membrane behind the leather keeps puddles out.'),
          care,
        },
        says: [
          'A {noun} in {upper} that gets better for years.',
          'The shaft stands {shaft height} high above a {sole} sole with a deep tread.',
        ],
      },
      {
        name: 'Sandals',
        noun: 'Sandal',
        drawn: 'sandal',
        price: [29, 110],
        grams: [380, 640],
        comes: 'shoe sizes',
        tags: ['summer', 'beach'],
        attributes: {
          upper: oneOf('leather', 'webbing', 'cork', 'nubuck'),
          sole,
          straps: from(2, 4).by(1, 'straps'),
          'water-proof glue': either('Sea water does it no harm.'),
          care,
        },
        says: [
          'A {noun} with {straps} of {upper} and a footbed that remembers you.',
          'On {sole}, light enough to forget.',
        ],
      },
    ],
    'Sports shoes': [
      {
        name: 'Running Shoes',
        noun: 'Running Shoe',
        drawn: 'runner',
        price: [69, 190],
        grams: [420, 640],
        comes: 'shoe sizes',
        tags: ['running', 'training'],
        attributes: {
          terrain: oneOf('road', 'trail', 'track', 'treadmill'),
          drop,
          cushioning: oneOf('firm', 'balanced', 'soft'),
          'stack height': from(22, 40).by(1, 'mm'),
          reflective: either('Reflective threads show from three sides.'),
        },
        says: [
          'A {cushioning} {noun} for the {terrain}.',
          'A stack of {stack height} with a drop of {drop} rolls you forward without pushing.',
        ],
      },
      {
        name: 'Hiking Shoes',
        noun: 'Hiking Shoe',
        drawn: 'boot',
        price: [89, 230],
        grams: [760, 1240],
        comes: 'shoe sizes',
        tags: ['outdoor', 'hiking'],
        attributes: {
          upper: oneOf('nubuck', 'mesh and suede', 'recycled nylon'),
          'lug depth': from(3, 6).by(1, 'mm'),
          ankle: oneOf('low', 'mid', 'high'),
          waterproof: either('A breathing membrane keeps the feet dry from both sides.'),
          care,
        },
        says: [
          'A {ankle} {noun} in {upper} for paths that stopped being paths.',
          'Lugs of {lug depth} hold on wet rock and let go of mud.',
        ],
      },
    ],
  },
}
