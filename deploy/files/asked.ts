import type { IncomingMessage } from 'node:http'
import { isFileKey } from '@shop/kit/files'
import { Refusal } from './refusal.ts'

/** What is asked for. The key is as it stood in the path: nothing is decoded, so nothing hides in it. */
export interface Asked {
  readonly method: string
  readonly key: string
  readonly isPublic: boolean
  readonly query: URLSearchParams
}

export function askedIn({ method = '', url = '' }: IncomingMessage): Asked {
  const [path = '', query = ''] = url.split('?', 2)
  const [, room = '', name = ''] = /^\/(public|private)\/(.*)$/.exec(path) ?? []
  const isPublic = room === 'public'
  if (!isFileKey(name) || (!isPublic && name.startsWith('public/'))) {
    throw new Refusal([404, 'NOT_FOUND', 'There is no such file.'])
  }
  const methods = isPublic ? ['GET', 'HEAD'] : ['GET', 'HEAD', 'PUT']
  if (!methods.includes(method)) {
    throw new Refusal([405, 'METHOD_NOT_ALLOWED', 'Not so.'], { allow: methods.join(', ') })
  }
  const key = isPublic ? `public/${name}` : name
  return { method, key, isPublic, query: new URLSearchParams(query) }
}
