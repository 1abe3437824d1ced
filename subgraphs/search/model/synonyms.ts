import { tokensOf } from './tokens.ts'

/** Ways to say one thing, in any number of words each: `usb stick`, `flash drive`, `thumb drive`. */
export type SynonymSet = readonly string[]

/** What a shop without any of its own begins with: short names that shoppers type for long ones. */
export const commonSynonyms: readonly SynonymSet[] = [
  ['laptop', 'notebook'],
  ['tv', 'television', 'telly'],
  ['smartphone', 'mobile phone', 'cell phone'],
  ['usb stick', 'usb flash drive', 'thumb drive', 'pen drive', 'memory stick'],
  ['earphones', 'earbuds', 'in ear headphones'],
  ['headset', 'headphones with microphone'],
  ['ps4', 'playstation 4'],
  ['ps5', 'playstation 5'],
  ['smartwatch', 'smart watch'],
  ['hard drive', 'hard disk', 'hdd'],
  ['ssd', 'solid state drive'],
  ['monitor', 'display screen'],
  ['power bank', 'powerbank', 'external battery', 'portable charger'],
  ['charger', 'power adapter'],
  ['fridge', 'refrigerator'],
  ['vacuum', 'vacuum cleaner', 'hoover'],
  ['router', 'wireless router'],
  ['wifi', 'wlan', 'wireless lan'],
  ['mouse pad', 'mousepad', 'mouse mat'],
  ['flashlight', 'torch'],
  ['cellphone', 'mobile phone'],
  ['backpack', 'rucksack'],
  ['loudspeaker', 'speaker'],
  ['photocopier', 'copier'],
  ['ups', 'uninterruptible power supply'],
  ['printer ink', 'ink cartridge'],
  ['webcam', 'web camera'],
  ['camcorder', 'video camera'],
]

export type Synonyms = (words: readonly string[]) => readonly Synonym[]

export interface Synonym {
  /** Which of the words it stands for: from, and up to but not with. */
  readonly from: number
  readonly to: number
  readonly words: readonly string[]
}

/** Finds each way of saying something in folded words, and gives the other ways of its set. */
export function synonymsFrom(sets: readonly SynonymSet[]): Synonyms {
  const others = new Map<string, (readonly string[])[]>()
  for (const set of sets) {
    const ways = set.map((way) => tokensOf(way).map(({ text }) => text))
    for (const way of ways) {
      const known = others.get(way.join(' ')) ?? []
      others.set(way.join(' '), [...known, ...ways.filter((other) => other !== way)])
    }
  }
  const longest = Math.max(1, ...[...others.keys()].map((way) => way.split(' ').length))
  return (words) =>
    spansOf(words.length, longest).flatMap(({ from, to }) =>
      (others.get(words.slice(from, to).join(' ')) ?? []).map((way) => ({ from, to, words: way })),
    )
}

function spansOf(length: number, longest: number): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = []
  for (let from = 0; from < length; from += 1) {
    for (let to = from + 1; to <= Math.min(length, from + longest); to += 1)
      spans.push({ from, to })
  }
  return spans
}
