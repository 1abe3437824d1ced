import { type Answer, type Asking, answered } from '@shop/kit/learn/answer'
import { Eyes } from './embedding/eyes.ts'
import type { Path } from './learned/examples.ts'
import { type Family, openFamily, type Seen } from './learned/family.ts'
import { type Moderation, moderated } from './moderation.ts'
import { type Colour, coloursOf } from './picture/colours.ts'
import { decoded, type Picture } from './picture/decode.ts'
import { type Hashes, hashesOf } from './picture/hashes.ts'
import { type Quality, qualityOf } from './picture/quality.ts'
import type { Refused } from './picture/refused.ts'

/** What is seen without any network: it is always there. */
export interface Plain {
  readonly colours: readonly Colour[]
  readonly quality: Quality
  readonly hashes: Hashes
}

export interface Analysis extends Plain {
  /** What the family's model sees; null without a model of that family. */
  readonly seen: Seen | null
  /** Null without the network: such a picture is for people to look at. */
  readonly moderation: Moderation | null
  /** The likelier of the scenes that are known, or null. */
  readonly scene: string | null
}

export interface Wanted {
  /** The catalogue's family that the picture is of: `images-clothing`. */
  readonly family: string
  readonly path: Path
}

interface Opened {
  readonly folder: string
  readonly clock: Asking<Analysis>['clock']
  readonly deadlineMs?: number
}

/**
 * Pictures analysed with what the folder has: networks from `models:build`, models from
 * `models:train`. What is not there is left out, and the answer says that it is degraded.
 */
export class Vision {
  readonly #eyes: Eyes
  readonly #opened: Opened
  readonly #families = new Map<string, Promise<Family | undefined>>()

  constructor(opened: Opened) {
    this.#opened = opened
    this.#eyes = new Eyes(opened.folder)
  }

  /** A refusal for what is no picture; else an answer, whole or degraded. */
  async analyse(bytes: Uint8Array, wanted: Wanted): Promise<Answer<Analysis> | Refused> {
    const picture = await decoded(bytes)
    if (picture.kind === 'PictureRefused') return picture
    const plain = await plainOf(picture)
    const { clock, deadlineMs = 1_000 } = this.#opened
    return await answered<Analysis>({
      model: await this.#named(wanted),
      clock,
      deadlineMs,
      compute: () => this.#whole(picture, plain, wanted),
      fallback: () => ({
        value: { ...plain, seen: null, moderation: null, scene: null },
        confidence: 0,
        reasons: ['NETWORKS_MISSING'],
      }),
      plausible: ({ seen }) => !seen || seen.vector.every(Number.isFinite),
    })
  }

  async #whole(picture: Picture, plain: Plain, { family, path }: Wanted) {
    const model = await this.#family(family, path)
    if (!model) throw new Error(`There is no model of ${family}: npm run models:train makes it.`)
    const { features, moderation } = await this.#eyes.glance(picture)
    const seen = await model.see(path === 'fast' ? features : await this.#eyes.look(picture))
    const scene = (await (await this.#family('scene', 'fast'))?.see(features))?.classes[0]?.name
    const sure = seen.classes[0]?.chance ?? 0
    return {
      value: { ...plain, seen, moderation: moderated(moderation), scene: scene ?? null },
      confidence: Math.min(1, sure),
      reasons: seen.tags.length > 0 ? ['TAGS_SURE'] : ['TAGS_UNSURE'],
    }
  }

  async #named({ family, path }: Wanted) {
    const model = await this.#family(family, path).catch(() => undefined)
    return { name: `vision-${family}-${path}`, version: model?.version ?? 'none' }
  }

  #family(name: string, path: Path): Promise<Family | undefined> {
    const key = `${name}-${path}`
    const known = this.#families.get(key)
    if (known) return known
    const opening = openFamily(this.#opened.folder, name, path)
    this.#families.set(key, opening)
    // Trained or mended later, it is found later.
    opening.then(
      (model) => model ?? this.#families.delete(key),
      () => this.#families.delete(key),
    )
    return opening
  }
}

async function plainOf(picture: Picture): Promise<Plain> {
  return {
    colours: await coloursOf(picture),
    quality: await qualityOf(picture),
    hashes: await hashesOf(picture),
  }
}
