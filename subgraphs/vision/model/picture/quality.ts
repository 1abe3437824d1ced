import { oklabs } from './colours.ts'
import { type Picture, stretched } from './decode.ts'
import { distance } from './oklab.ts'

export interface Quality {
  /** 0 … 1, the least of the parts: a sharp picture in the dark is a dark one. */
  readonly score: number
  readonly problems: readonly Problem[]
  /** Variance of the Laplacian of grey, 0 … 255, at 256 pixels. */
  readonly sharpness: number
  /** Mean lightness, 0 … 1. */
  readonly exposure: number
  /** How alike the border's places are, 0 … 1; 1 is a plain ground. */
  readonly plainBorder: number
}

export type Problem = 'BLURRED' | 'TOO_DARK' | 'TOO_BRIGHT' | 'LOW_RESOLUTION' | 'CLUTTERED_BORDER'

const side = 256

/** What a seller can mend: focus (Pech-Pacheco et al., 2000), light, size and ground. */
export async function qualityOf(picture: Picture): Promise<Quality> {
  const rgb = await stretched(picture, [side, side])
  const sharpness = laplacianVariance(greyOf(rgb))
  const places = oklabs(await stretched(picture, [32, 32]))
  const exposure = places.reduce((sum, [lightness]) => sum + lightness, 0) / places.length
  const plainBorder = plainness(places)
  const parts: Record<Problem, number> = {
    BLURRED: Math.min(1, sharpness / 120),
    TOO_DARK: Math.min(1, exposure / 0.35),
    TOO_BRIGHT: Math.min(1, (1 - exposure) / 0.04),
    LOW_RESOLUTION: Math.min(1, Math.min(picture.sent.width, picture.sent.height) / 400),
    CLUTTERED_BORDER: 0.5 + plainBorder / 2,
  }
  const problems = Object.entries(parts).filter(([, part]) => part < 0.6)
  return {
    score: Math.max(0, Math.min(...Object.values(parts))),
    problems: problems.map(([problem]) => problem as Problem),
    ...{ sharpness, exposure, plainBorder },
  }
}

/** Luma of ITU-R BT.601. */
export function greyOf(rgb: Uint8Array): Float64Array {
  const grey = new Float64Array(rgb.length / 3)
  for (let place = 0, at = 0; place < grey.length; place += 1, at += 3) {
    const [red, green, blue] = [rgb[at] as number, rgb[at + 1] as number, rgb[at + 2] as number]
    grey[place] = 0.299 * red + 0.587 * green + 0.114 * blue
  }
  return grey
}

function laplacianVariance(grey: Float64Array): number {
  const at = (place: number) => grey[place] as number
  let [sum, squares, places] = [0, 0, 0]
  for (let y = 1; y < side - 1; y += 1) {
    for (let x = 1; x < side - 1; x += 1) {
      const here = y * side + x
      const bend = at(here - 1) + at(here + 1) + at(here - side) + at(here + side) - 4 * at(here)
      sum += bend
      squares += bend * bend
      places += 1
    }
  }
  return squares / places - (sum / places) ** 2
}

function plainness(places: ReturnType<typeof oklabs>): number {
  const small = Math.sqrt(places.length)
  const border = places.filter((_, place) => {
    const [x, y] = [place % small, Math.floor(place / small)]
    return Math.min(x, y, small - 1 - x, small - 1 - y) === 0
  })
  const mean = ([0, 1, 2] as const).map(
    (axis) => border.reduce((sum, each) => sum + each[axis], 0) / border.length,
  )
  const [l = 0, a = 0, b = 0] = mean
  const spread = border.reduce((sum, each) => sum + distance(each, [l, a, b]), 0) / border.length
  return Math.max(0, 1 - spread / 0.25)
}
