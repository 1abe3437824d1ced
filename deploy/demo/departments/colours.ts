export interface Colour {
  readonly name: string
  readonly hex: string
}

const named = (colours: Record<string, string>): Colour[] =>
  Object.entries(colours).map(([name, hex]) => ({ name, hex }))

export const palettes = {
  fabric: named({
    Navy: '#2c3e5c',
    Ecru: '#e4d9c3',
    Sage: '#8fa58a',
    Rust: '#b5583a',
    Charcoal: '#45484d',
    Mustard: '#d6a436',
    Bordeaux: '#7c2f3f',
    Sky: '#8fb4d1',
    Rose: '#d79a9b',
    Olive: '#6f7345',
    Camel: '#bf9565',
    Forest: '#35584a',
  }),
  tech: named({
    Graphite: '#4a4e57',
    Silver: '#c3c8ce',
    Midnight: '#2b3550',
    Sand: '#d5c6ae',
    Mint: '#9fc9b8',
    Coral: '#e07a63',
    Lilac: '#a99bc9',
    Cobalt: '#3563a8',
  }),
  home: named({
    Terracotta: '#c26a4a',
    Oat: '#ddcfb6',
    Moss: '#76835a',
    Slate: '#5d6b78',
    Ochre: '#cf9a3d',
    Clay: '#b98a73',
    Petrol: '#2f6470',
    Blush: '#dfb0a3',
    Indigo: '#3f4a7a',
    Stone: '#a9a399',
  }),
  bright: named({
    Red: '#d24b45',
    Sunflower: '#efb73e',
    Teal: '#2f9490',
    Blue: '#3f78c2',
    Plum: '#7e4a85',
    Leaf: '#5f9e52',
    Peach: '#f0a17c',
    Pink: '#de7fa0',
    Turquoise: '#4fb7c3',
    Tangerine: '#e8823a',
  }),
  pantry: named({
    Paprika: '#c9503c',
    Honey: '#e0a63c',
    Olive: '#8a8f4a',
    Plum: '#7d4a63',
    Basil: '#5f8f5a',
    Apricot: '#e8965a',
    Cocoa: '#8a5a44',
    Butter: '#ecd08a',
    Mint: '#86b8a0',
    Currant: '#a63d4f',
  }),
  rosy: named({
    Rosewood: '#a8505a',
    Blush: '#e0a6a6',
    Coral: '#e0765f',
    Berry: '#8e3b5e',
    Nude: '#cf9f86',
    Mauve: '#a98aa8',
    Sage: '#9bb09a',
    Amber: '#d6994a',
    Fig: '#6f4a63',
    Ruby: '#b83246',
  }),
} satisfies Record<string, readonly Colour[]>
