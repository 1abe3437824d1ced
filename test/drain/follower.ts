import { setTimeout } from 'node:timers/promises'
import type { Scene } from '../crash/scene.ts'
import { recorderAt } from '../faults/recorder.ts'

const signIn = `mutation SignIn($input: LoginInput!) { login(input: $input) { accessToken } }`
const follow = 'subscription Follow { orderStatusChanged { id status } }'

/** Staff who follow every order, and come again whenever the stream ends: what is open holds up no end. */
export async function follower({ shop, known }: Scene): Promise<AsyncDisposable> {
  const over = new AbortController()
  const ask = recorderAt(shop.url).clientNamed('follower')
  const input = { email: known.staff.SUPPORT, password: known.password }
  const entered = await ask({ name: 'SignIn', query: signIn, variables: { input } })
  const authorization = `Bearer ${entered.reply?.data?.login?.accessToken}`

  async function stream(): Promise<void> {
    const response = await fetch(shop.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization },
      body: JSON.stringify({ query: follow }),
      signal: over.signal,
    })
    for await (const _ of response.body ?? []);
  }

  const running = (async () => {
    while (!over.signal.aborted) {
      await stream().catch(() => {})
      await setTimeout(200)
    }
  })()
  return {
    async [Symbol.asyncDispose]() {
      over.abort()
      await running
    },
  }
}
