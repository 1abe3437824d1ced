import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import { ShopError } from '../errors.ts'
import { BadModel } from './refusals.ts'

/** What every model's answer carries, beside its value. */
export interface Answer<T> {
  readonly value: T
  readonly model: ModelName
  /** From 0 to 1. */
  readonly confidence: number
  readonly reasons: readonly string[]
  /** True where a fallback answered in the model's place. */
  readonly degraded: boolean
  readonly computedAt: Date
}

export interface ModelName {
  readonly name: string
  readonly version: string
}

export interface Said<T> {
  readonly value: T
  readonly confidence: number
  readonly reasons: readonly string[]
}

export interface Asking<T> {
  readonly model: ModelName
  /** May throw a ShopError: a refusal, which goes on to whoever asked. All else is a fault. */
  compute(): Said<T> | Promise<Said<T>>
  /** Simple, quick and without the model: it must not fail. */
  fallback(): Said<T>
  /** False for what cannot be: a negative price, a chance above 1. */
  plausible?(value: T): boolean
  readonly clock: Clock
  readonly deadlineMs?: number
}

/**
 * The model's answer, or the fallback's where the model is dead, refused, absurd, or late: by
 * 150 ms unless told. Work that does not yield is not cut short, but what it says is still taken.
 */
export async function answered<T>(asking: Asking<T>): Promise<Answer<T>> {
  const { model, clock, fallback } = asking
  const said = await inTime(asking)
  const sound = said && sensible(asking, said)
  return {
    ...(sound ? said : fallback()),
    model,
    degraded: !sound,
    computedAt: clock.now(),
  }
}

function sensible<T>({ plausible }: Asking<T>, { value, confidence }: Said<T>): boolean {
  return confidence >= 0 && confidence <= 1 && (plausible?.(value) ?? true)
}

async function inTime<T>({ compute, deadlineMs = 150 }: Asking<T>): Promise<Said<T> | undefined> {
  const answer = new AbortController()
  try {
    const late = sleep(deadlineMs, undefined, { signal: answer.signal }).catch(() => undefined)
    return await Promise.race([Promise.resolve().then(compute), late])
  } catch (error) {
    if (error instanceof ShopError && !(error instanceof BadModel)) throw error
    return undefined
  } finally {
    answer.abort()
  }
}
