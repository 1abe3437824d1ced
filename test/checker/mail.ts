import type { Evidence } from './evidence.ts'

/** I8: nobody gets two mails of one kind for one event. */
export async function mailsAreSingle({ mails }: Evidence): Promise<string[]> {
  const groups = Map.groupBy(mails, ({ to, template, event }) => `${template} of ${event} to ${to}`)
  return [...groups].flatMap(([what, own]) =>
    own.length > 1 ? [`${own.length} mails: ${what}`] : [],
  )
}
