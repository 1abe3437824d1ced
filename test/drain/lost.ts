import type { Recorded } from '../faults/recorder.ts'

/** Nobody listened, or the connection was not made: what was asked was never sent, and may be asked again. */
const isRefused = ({ fault = '' }: Recorded) => /connect ECONN(REFUSED|RESET)/.test(fault)

export interface Replies {
  readonly calls: number
  readonly answered: number
  readonly refused: number
  /** How often each code was told. */
  readonly codes: Readonly<Record<string, number>>
  /** Taken and never answered, or answered with a fault that nobody has a word for. */
  readonly lost: readonly string[]
}

/** What clients were told while parts of the shop ended and came back. */
export function repliesIn(calls: readonly Recorded[], faults: readonly string[] = atEnds): Replies {
  const answered = calls.filter(({ reply }) => reply)
  const refused = calls.filter(isRefused)
  const codes = Map.groupBy(
    answered.flatMap(({ reply }) => reply?.codes ?? []),
    (code) => code,
  )
  return {
    calls: calls.length,
    answered: answered.length,
    refused: refused.length,
    codes: Object.fromEntries([...codes].map(([code, all]) => [code, all.length])),
    lost: calls.flatMap((call) => lostIn(call, faults)),
  }
}

/** A graceful end leaves no doubt and is no fault. */
/** What no client is told, whatever is cut, killed or missing. */
export const neverTold: readonly string[] = ['INTERNAL', 'NONE']

const atEnds = ['UNKNOWN_OUTCOME', ...neverTold]

function lostIn(call: Recorded, faults: readonly string[]): string[] {
  const { client, name, reply, fault, sentAt, doneAt } = call
  const what = `${client} ${name} at ${new Date(sentAt).toISOString()}, ${doneAt - sentAt} ms`
  if (!reply) return isRefused(call) ? [] : [`${what}: ${fault}`]
  const codes = reply.codes.filter((code) => faults.includes(code))
  return codes.length > 0 ? [`${what}: ${codes.join(' ')}`] : []
}
