import { element } from './elements.js'

/** In the order in which they are first met, so that those of one operation differ. @type {Map<string, number>} */
const known = new Map()
const colours = 8

/** A subgraph's name in its colour. @param {string} service */
export function serviceChip(service) {
  return element('span', { className: `chip colour-${colourOf(service)}` }, service.toLowerCase())
}

/** @param {string} service */
export function colourOf(service) {
  const name = service.toLowerCase()
  const colour = known.get(name) ?? known.size % colours
  known.set(name, colour)
  return colour
}
