/** ISO 3166-1, two capitals. */
export const isCountry = (text: string): boolean => /^[A-Z]{2}$/.test(text)

/** As the shop's own addresses have it, such as the part of ISO 3166-2 behind the dash. */
export const isRegion = (text: string): boolean => /^[\p{L}\d .'-]{1,20}$/u.test(text)
