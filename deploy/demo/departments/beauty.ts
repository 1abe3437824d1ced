import { type Department, either, from, oneOf } from './spec.ts'

const skin = oneOf('dry', 'normal', 'combination', 'sensitive')
const vegan = either('Vegan, and never tested on animals.')
const refill = either('Refills cost a third less.')
const scent = oneOf('no scent', 'neroli', 'fig leaf', 'cedar', 'rose', 'bergamot')

export const beauty: Department = {
  name: 'Beauty',
  palette: 'rosy',
  elasticity: -1.3,
  returnRate: 0.03,
  weight: 9,
  reducedTax: false,
  season: { week: [1, 0.96, 0.95, 0.96, 1, 1.04, 1.09], amplitude: 0.1, peakDay: 130, gifts: 1.55 },
  brands: ['Fern & Fog', 'Solenne', 'Apothek 12', 'Dew', 'Marelle', 'Nettle House', 'Otium'],
  series: [
    'Calm',
    'Glow',
    'Bloom',
    'Silk',
    'Veil',
    'Balance',
    'Halo',
    'Petal',
    'Rill',
    'Amber',
    'Mist',
    'Tonic',
  ],
  closings: [
    'Made without mineral oil, silicone and fuss.',
    'The list of ingredients is short enough to read.',
    'Dermatologically tested on forty patient people.',
  ],
  groups: {
    'Skin Care': [
      {
        name: 'Face Creams',
        noun: 'Face Cream',
        drawn: 'cream',
        price: [12, 69],
        grams: [80, 190],
        comes: ['30 ml', '50 ml'],
        tags: ['skin', 'gift'],
        attributes: {
          skin,
          active: oneOf('hyaluronic acid', 'niacinamide', 'squalane', 'ceramides'),
          'sun protection': from(0, 50).by(10, 'SPF'),
          vegan,
          refill,
        },
        says: [
          'A {noun} with {active} for {skin} skin.',
          'It sinks in within a minute and leaves no shine. Sun protection: {sun protection}.',
        ],
      },
      {
        name: 'Serums',
        noun: 'Serum',
        drawn: 'dropper',
        price: [15, 79],
        grams: [70, 140],
        comes: ['15 ml', '30 ml'],
        tags: ['skin'],
        attributes: {
          skin,
          active: oneOf('vitamin C', 'retinal', 'peptides', 'azelaic acid'),
          strength: from(1, 20).by(1, '%'),
          vegan,
          refill,
        },
        says: [
          'A {noun} with {strength} {active}, made for {skin} skin.',
          'Three drops at night are enough.',
        ],
      },
      {
        name: 'Soaps',
        noun: 'Soap',
        drawn: 'soap',
        price: [4, 15],
        grams: [95, 220],
        comes: ['1 piece', '3 pieces'],
        tags: ['bath', 'gift'],
        attributes: {
          scent,
          oil: oneOf('olive', 'shea', 'coconut', 'almond'),
          cured: from(4, 26).by(2, 'weeks'),
          vegan,
        },
        says: [
          'A cold-stirred {noun} of {oil} oil with {scent}, cured for {cured}.',
          'It lathers well in hard water.',
        ],
      },
    ],
    'Hair & Body': [
      {
        name: 'Shampoos',
        noun: 'Shampoo',
        drawn: 'pump',
        price: [7, 29],
        grams: [270, 620],
        comes: ['200 ml', '400 ml'],
        tags: ['hair', 'bath'],
        attributes: {
          hair: oneOf('dry', 'fine', 'curly', 'coloured', 'normal'),
          scent,
          pH: from(4.5, 6).by(0.5, 'pH'),
          vegan,
          refill,
        },
        says: [
          'A mild {noun} for {hair} hair with {scent}.',
          'At {pH} it cleans without stripping.',
        ],
      },
      {
        name: 'Hand Creams',
        noun: 'Hand Cream',
        drawn: 'tube',
        price: [5, 22],
        grams: [50, 130],
        comes: ['30 ml', '75 ml'],
        tags: ['skin', 'winter', 'gift'],
        attributes: {
          scent,
          butter: oneOf('shea', 'cocoa', 'mango'),
          urea: from(0, 10).by(1, '%'),
          vegan,
        },
        says: [
          'A {noun} of {butter} butter with {scent}.',
          'With {urea} urea; it is gone before you reach for the phone.',
        ],
      },
    ],
    'Make-up & Fragrance': [
      {
        name: 'Lipsticks',
        noun: 'Lipstick',
        drawn: 'lipstick',
        price: [9, 39],
        grams: [20, 45],
        comes: 'colours',
        tags: ['make-up', 'gift'],
        attributes: {
          finish: oneOf('matt', 'satin', 'sheer', 'gloss'),
          lasts: from(4, 14).by(1, 'h'),
          vegan,
          refill,
        },
        says: [
          'A {finish} {noun} that lasts {lasts} and a meal.',
          'One stroke covers; the case closes with a click.',
        ],
      },
      {
        name: 'Perfumes',
        noun: 'Eau de Parfum',
        drawn: 'perfume',
        price: [29, 145],
        grams: [140, 380],
        comes: ['30 ml', '50 ml', '100 ml'],
        tags: ['gift', 'occasion'],
        attributes: {
          family: oneOf('woody', 'floral', 'citrus', 'green', 'amber'),
          opens: oneOf('bergamot', 'pink pepper', 'fig leaf', 'neroli'),
          concentration: from(12, 22).by(1, '%'),
          vegan,
          refill,
        },
        says: [
          'A {family} {noun} that opens with {opens}.',
          'At {concentration} it stays from breakfast to the last train.',
        ],
      },
    ],
  },
}
