import { type Live, Topics } from './live.ts'
import type { Log } from './log.ts'
import { redisAt, type Shared, within } from './redis.ts'

interface Needs {
  readonly url: string
  /** What publishes; subscribing takes a connection of its own, one for all topics. */
  readonly shared: Shared
  readonly log: Log
  readonly heartbeatMs?: number
}

const prefix = 'shop:live:'

/** Redis publish and subscribe. With Redis away a process still hears itself. */
export function redisLive({ url, shared, log, heartbeatMs = 5_000 }: Needs): Live {
  const topics = new Topics()
  const redis = redisAt(url, log)

  // A connection that ends meanwhile comes again, with this.
  const stand = (names: readonly string[]) =>
    redis.subscribe(...names.map((name) => prefix + name)).then(
      () => topics.stand(names),
      () => {},
    )
  redis.on('ready', () => {
    if (topics.names.length > 0) void stand(topics.names)
  })
  redis.on('message', (channel: string, json: string) =>
    topics.deliver(channel.slice(prefix.length), json),
  )

  // Who only listens does not notice that the other side is gone without a word.
  const heart = setInterval(() => {
    if (redis.status !== 'ready') return
    within(heartbeatMs, redis.ping()).catch(() => redis.disconnect(true))
  }, heartbeatMs).unref()

  return {
    async publish(topic, payload) {
      const json = JSON.stringify(payload)
      const reached = await shared.ask((connection) => connection.publish(prefix + topic, json))
      if (reached === undefined) topics.deliver(topic, json)
    },
    subscribe(topic, signal) {
      const left = () => void redis.unsubscribe(prefix + topic).catch(() => {})
      const mailbox = topics.join(topic, signal, left)
      if (redis.status === 'ready' && !signal.aborted) {
        redis.subscribe(prefix + topic).then(
          () => mailbox.stand(),
          () => {},
        )
      }
      return mailbox
    },
    async [Symbol.asyncDispose]() {
      clearInterval(heart)
      topics.end()
      redis.disconnect()
    },
  }
}
