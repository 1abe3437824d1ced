import type { TestEvent } from 'node:test/reporters'

const mark = 'left out:'

/** What became of a test, or what one said that it left out. */
export interface Told {
  readonly kind: 'passed' | 'failed' | 'skipped' | 'left out'
  readonly name: string
  readonly file: string
}

/** What an event of a test run says of a test; null of those that say nothing. */
export function toldIn({ type, data }: TestEvent): Told | null {
  if (type === 'test:diagnostic') {
    const { message, file = '' } = data
    const isLeftOut = message.startsWith(mark)
    return isLeftOut ? { kind: 'left out', name: message.slice(mark.length).trim(), file } : null
  }
  if (type !== 'test:pass' && type !== 'test:fail') return null
  const { name, file = '', skip, todo } = data
  const isSkipped = skip !== undefined || todo !== undefined
  return { kind: isSkipped ? 'skipped' : type === 'test:pass' ? 'passed' : 'failed', name, file }
}

/** What a person reads last: how many there were, which failed, and what was left out and why. */
export function summary(told: readonly Told[]): string {
  const of = (kind: Told['kind']) => told.filter((each) => each.kind === kind)
  const [passed, failed, skipped] = [of('passed'), of('failed'), of('skipped')]
  const all = passed.length + failed.length + skipped.length
  const counts = `${all} tests: ${passed.length} passed, ${failed.length} failed, ${skipped.length} skipped`
  const section = (title: string, lines: readonly string[]) =>
    lines.length > 0 ? `\n${title}:\n${lines.map((line) => `  ${line}\n`).join('')}` : ''
  const reasons = [...new Set(of('left out').map(({ name }) => name))]
  return [
    section('Left out', reasons),
    section(
      'Failed',
      failed.map(({ name, file }) => `${name} (${file})`),
    ),
    `\n${counts}\n`,
  ].join('')
}
