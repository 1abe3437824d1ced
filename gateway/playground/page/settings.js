/**
 * @typedef {{ ask: string, take: Record<string, string> }} Fill
 * @typedef {{ group: string, name: string, title: string, text: string, fills: Fill[] }} Example
 * @typedef {{ name: string, role: string, email: string, password: string }} Person
 * @typedef {{
 *   endpoint: string,
 *   isSeeing: boolean,
 *   costs: { most: number, capacity: number },
 *   people: Person[],
 *   examples: Example[],
 * }} Settings
 */

/** What the gateway wrote into the page. @type {Settings} */
export const settings = JSON.parse(document.getElementById('settings')?.textContent ?? '{}')
