import { apparel } from './apparel.ts'
import { devices } from './devices.ts'
import { homeware } from './home.ts'
import { leisure } from './leisure.ts'
import { pantry } from './pantry.ts'

/**
 * What things look like, on a square of 800, a shape a line, the hindmost first: an ink, `m` where
 * its mirror image is drawn too, `@` and the degrees it is turned by about (400, 410), and then
 * `o cx cy rx ry` for an ellipse, `r x y width height radius` for a rectangle, `s5 <path>` for a
 * stroke of width 5, or the path of an area. The inks are in `inksFrom`.
 */
export const silhouettes = { ...apparel, ...homeware, ...devices, ...leisure, ...pantry }

export type Silhouette = keyof typeof silhouettes
