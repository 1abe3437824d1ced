import { isDeepStrictEqual } from 'node:util'
import { check } from '../checker/check.ts'
import { evidenceOf } from '../crash/evidence.ts'
import { absences, nameOf } from './absences.ts'
import { expectedOf, whileAway } from './absent.ts'
import { runnerStopped } from './stopped.ts'
import { openWorld, type World } from './world.ts'

const told = (line: string) => void process.stdout.write(`${line}\n`)

/** `npm run crash -- --hung`: each part killed, and hung, and the runner of a walk stopped for a minute. */
export async function everyoneAway(): Promise<void> {
  await using world = await openWorld(`away-${process.pid}`)
  const faults: string[] = []
  for (const absence of absences('hung', 'killed')) faults.push(...(await faultsOf(world, absence)))
  for (const point of ['orders.hold.in', 'orders.authorize.in', 'orders.capture.in']) {
    faults.push(...(await faultsOfRunner(world, point)))
  }
  const findings = await check(await evidenceOf(world.shop, world))
  told(`${JSON.stringify(findings)} found, ${faults.length} not as the contract has it`)
  for (const fault of faults) told(fault)
  if (faults.length > 0 || Object.keys(findings).length > 0) process.exitCode = 1
}

async function faultsOf(world: World, absence: ReturnType<typeof absences>[number]) {
  const { seen, stepMs, answerMs } = await whileAway(world, absence)
  told(`${nameOf(absence)}; the step ${stepMs} ms, the answer ${answerMs} ms`)
  const wanted = expectedOf(absence)
  const isLate = answerMs > 15_500 || stepMs > (absence.stepMs ?? 60_000) + 500
  return [
    ...(isDeepStrictEqual(seen, wanted) ? [] : [`${nameOf(absence)}: ${JSON.stringify(seen)}`]),
    ...(isLate ? [`${nameOf(absence)} took too long`] : []),
  ]
}

async function faultsOfRunner(world: World, point: string): Promise<string[]> {
  const { settledMs, before, after } = await runnerStopped(world, point)
  told(`a runner stopped at ${point}; another had settled it after ${settledMs} ms`)
  // The letter is written once orders answers again: who was stopped is asked for what is in it.
  const wanted = { ...before, status: 'CONFIRMED', payments: ['succeeded'], mails: 1 }
  const isAsBefore = before.lease > 1 && isDeepStrictEqual(after, wanted)
  return isAsBefore ? [] : [`${point}: ${JSON.stringify({ before, after })}`]
}
