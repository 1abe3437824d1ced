import { readFileSync } from 'node:fs'

/**
 * Loaded before a program by `--import <this file>?by=<file>`: its clock is off by the milliseconds
 * that the file holds, from one tenth of a second to the next. Timers go on as they did, as they do
 * when a machine's clock is set.
 */
const file = new URL(import.meta.url).searchParams.get('by')
if (!file) throw new Error('Which file holds the step? --import .../stepped-clock.ts?by=<file>')

const RealDate = Date
const realNow = Date.now
let stepMs = 0

const look = () => {
  try {
    stepMs = Number(readFileSync(file, 'utf8')) || 0
  } catch {
    stepMs = 0
  }
}
look()
setInterval(look, 100).unref()

const steppedNow = () => realNow() + stepMs

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length === 0 ? [steppedNow()] : given, newTarget),
  apply: () => new RealDate(steppedNow()).toString(),
  get: (target, name, receiver) =>
    name === 'now' ? steppedNow : Reflect.get(target, name, receiver),
})
