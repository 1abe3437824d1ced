import path from 'node:path'
import { openMailDouble } from '@shop/doubles/mail'
import type { Environment } from '@shop/kit/config'
import type { Options } from './options.ts'

export interface OpenedMail extends AsyncDisposable {
  /** Of the double; none where a real server is spoken to. */
  readonly places: readonly (readonly [what: string, where: string])[]
  /** What notifications reads of mail. */
  readonly env: Environment
}

interface Wanted {
  readonly options: Options
  readonly ports: Readonly<Record<string, number>>
}

const names = ['SMTP_URL', 'STOREFRONT_URL', 'NOTIFICATIONS_FROM', 'NOTIFICATIONS_LOCALE']

/** The server that `SMTP_URL` names; a developer who names none has a double. */
export async function openMail({ options, ports }: Wanted): Promise<OpenedMail> {
  const named = names.flatMap((name) => (options.env[name] ? [[name, options.env[name]]] : []))
  const env = Object.fromEntries(named)
  if (!options.isDevelopment || env.SMTP_URL) {
    return { places: [], env, [Symbol.asyncDispose]: async () => {} }
  }
  const double = await openMailDouble({
    smtpPort: ports.smtp ?? 0,
    pagePort: ports.mail ?? 0,
    file: path.join(options.state, 'mails.jsonl'),
  })
  return {
    places: [['Mail, a double', double.url]],
    env: { ...env, SMTP_URL: double.smtpUrl },
    [Symbol.asyncDispose]: () => double[Symbol.asyncDispose](),
  }
}
