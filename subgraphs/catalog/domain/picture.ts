export const widths = [800, 400, 160] as const
export const formats = ['webp', 'jpeg'] as const

export type Width = (typeof widths)[number]
export type Format = (typeof formats)[number]

/** The key of a public file, by width and format. */
export type Renditions = Readonly<Record<`${Width}`, Readonly<Record<Format, string>>>>

export interface Image {
  readonly id: string
  readonly productId: string
  readonly alt: string
  readonly drawing: object | null
  readonly renditions: Renditions | null
}

/** What an image is drawn from; `kind` says by whom. */
export type Drawing = Readonly<Record<string, unknown>>

/** The smallest that is at least so wide, or the widest there is. */
export const widthFor = (wanted: number): Width =>
  widths.findLast((width) => width >= wanted) ?? widths[0]

/** A picture that was taken in: what was published of it, and its size as it came. */
export interface Picture {
  readonly renditions: Renditions
  readonly width: number
  readonly height: number
}
