/** A text as one frame of a WebSocket, as a server writes it: whole, and not masked. */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const extra = lengthBytes(length)
  const frame = Buffer.allocUnsafe(2 + extra + length)
  frame[0] = 0x81
  if (extra === 0) frame[1] = length
  else if (extra === 2) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.write(text, 2 + extra)
  return frame
}

function lengthBytes(length: number): 0 | 2 | 8 {
  if (length < 126) return 0
  return length < 65_536 ? 2 : 8
}

let lastText = ''
let lastFrame: Buffer = textFrame(lastText)

/** The same bytes for all who are told the same, one after another: ten thousand copies of an event are one. */
export function sharedFrame(text: string): Buffer {
  if (text !== lastText) {
    lastText = text
    lastFrame = textFrame(text)
  }
  return lastFrame
}
