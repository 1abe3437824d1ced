/** JSON objects, as they came off a wire. */
export interface Data {
  [key: string]: unknown
}
