import type { Span } from './collector.ts'

/** A trace as lines: what came of what, when it began, how long it took. Statements are counted. */
export function listed(spans: readonly Span[]): string[] {
  const ids = new Set(spans.map(({ spanId }) => spanId))
  const from = Math.min(...spans.map(({ beganMs }) => beganMs))
  const below = (parent: string | null): Span[] =>
    spans
      .filter(({ parentSpanId = '', name }) => {
        const isRoot = !ids.has(parentSpanId)
        return name !== 'sql' && (parent === null ? isRoot : parentSpanId === parent)
      })
      .toSorted((one, other) => one.beganMs - other.beganMs)

  const lines = (span: Span, depth: number): string[] => [
    lineOf(span, { depth, from, statements: statementsOf(spans, span) }),
    ...below(span.spanId).flatMap((each) => lines(each, depth + 1)),
  ]
  return below(null).flatMap((span) => lines(span, 0))
}

const statementsOf = (spans: readonly Span[], { spanId }: Span) =>
  spans.filter(({ name, parentSpanId }) => name === 'sql' && parentSpanId === spanId).length

interface Placed {
  readonly depth: number
  readonly from: number
  readonly statements: number
}

function lineOf(span: Span, { depth, from, statements }: Placed): string {
  const at = `${Math.round(span.beganMs - from)} ms`.padStart(8)
  const took = `${Math.round(span.endedMs - span.beganMs)} ms`.padStart(8)
  const { listener, template } = span.attributes
  const words = [span.name, listener, template].filter(Boolean).join(' ')
  const sql = statements > 0 ? `, ${statements} statements` : ''
  return `${at} ${took}  ${'  '.repeat(depth)}${span.service}: ${words}${sql}`
}
