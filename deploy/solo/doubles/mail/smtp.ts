import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import type { Fate, Fates } from './fates.ts'
import { type Mailbox, mailIn } from './mailbox.ts'

interface Needs {
  readonly port: number
  readonly mailbox: Mailbox
  readonly fates: Fates
}

interface OpenedSmtp extends AsyncDisposable {
  readonly port: number
}

const mostBytes = 5 * 2 ** 20

/** Takes mail from whoever is on this machine, and does with it what is its fate. */
export async function openSmtp({ port, mailbox, fates }: Needs): Promise<OpenedSmtp> {
  const sockets = new Map<number | undefined, Socket>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    size: mostBytes,
    logger: false,
    onData: (stream, session, callback) => {
      take(stream, session).then(
        (answer) => answer !== 'gone' && callback(answer),
        (fault: Error) => callback(fault),
      )
    },
  })
  server.on('error', () => {})
  server.server.on('connection', (socket) => {
    const { remotePort } = socket
    sockets.set(remotePort, socket)
    socket.on('close', () => sockets.delete(remotePort))
  })

  async function take(
    stream: SMTPServerDataStream,
    { envelope, remotePort }: SMTPServerSession,
  ): Promise<Error | null | 'gone'> {
    const recipients = envelope.rcptTo.map(({ address }) => address)
    const mail = await mailIn(stream, recipients)
    const fate = fates.next()
    const answer = answers[fate]
    if (answer) return Object.assign(new Error(answer[1]), { responseCode: answer[0] })
    if (fate !== 'cut') mailbox.keep(mail)
    if (fate === 'slow') await setTimeout(fates.slowMs)
    if (fate === 'taken' || fate === 'slow') return null
    sockets.get(remotePort)?.destroy()
    return 'gone'
  }

  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    port: (server.server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const closed = once(server.server, 'close')
      server.close()
      for (const socket of sockets.values()) socket.destroy()
      await closed
    },
  }
}

const answers: Partial<Record<Fate, readonly [code: number, words: string]>> = {
  busy: [451, 'Later, please.'],
  refused: [550, 'Nobody here has this name.'],
}
