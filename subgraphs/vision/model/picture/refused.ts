/** Why a picture was not looked at: for whoever sent it, who can send another. */
export interface Refused {
  readonly kind: 'PictureRefused'
  readonly code:
    | 'PICTURE_EMPTY'
    | 'PICTURE_TOO_MANY_BYTES'
    | 'PICTURE_TOO_MANY_PIXELS'
    | 'PICTURE_TOO_SMALL'
    | 'PICTURE_FORMAT'
    | 'PICTURE_ANIMATED'
    | 'PICTURE_BROKEN'
    | 'VECTOR_UNFIT'
  readonly message: string
}

export const refused = (code: Refused['code'], message: string): Refused => ({
  kind: 'PictureRefused',
  code,
  message,
})
