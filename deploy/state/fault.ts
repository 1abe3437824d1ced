/**
 * What stopped a start, in a line for people: what happened and what to do. The whole of it, with
 * its stack, where `LOG_LEVEL` is debug.
 */
export function toldOf(fault: unknown, env: NodeJS.ProcessEnv): string {
  const { message, stack, code, path } = faultOf(fault)
  if (env.LOG_LEVEL?.toLowerCase() === 'debug') return stack ?? message
  const [line = ''] = message.trim().split('\n')
  if (isFull(code, message)) return `The disk is full (${line}). Make room, and start again.`
  const [, advice] = Object.entries(advices).find(([each]) => each === code) ?? []
  return advice ? `${path ?? line}: ${advice}` : line
}

/** By the codes of Node and PostgreSQL. */
const advices = {
  EACCES:
    'no permission. Give it to this user, or set SHOP_STATE_DIR to a folder that can be written.',
  EPERM:
    'no permission. Give it to this user, or set SHOP_STATE_DIR to a folder that can be written.',
  EROFS: 'the disk is read-only. Set SHOP_STATE_DIR to a folder that can be written.',
  ENOTEMPTY:
    'it is there, and this user may not read it. Give all of it to this user, or remove it.',
  EADDRINUSE: 'somebody took the port in this moment. Start again.',
  '28P01':
    'the secret does not open the databases beside it. Put the old secret back, or remove both.',
}

const isFull = (code: string | undefined, message: string) =>
  code === 'ENOSPC' || code === '53100' || /No space left on device|wrote only \d+ of/.test(message)

function faultOf(fault: unknown): Error & { code?: string; path?: string } {
  if (!(fault instanceof Error)) return new Error(String(fault))
  // What failed first, where closing what was open failed as well.
  const first = fault instanceof SuppressedError ? fault.suppressed : fault
  return first as Error
}
