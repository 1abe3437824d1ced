import { ShopError } from '../errors.ts'

/** Rows that nothing can be learned from or answered for: none, ragged, or of another schema. */
export class BadRows extends ShopError {
  readonly code = 'BAD_ROWS'
}

/** A model that must not answer: its files are not what its manifest says, or not there. */
export class BadModel extends ShopError {
  readonly code = 'BAD_MODEL'
}

/** A text that no model answers: it has no words, or no end. */
export class BadText extends ShopError {
  readonly code = 'BAD_TEXT'
}
