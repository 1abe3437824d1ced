import { env } from 'node:process'
import { pointsFrom } from '@shop/kit/points'
import { standingAt } from '@shop/kit/testing'
import { open } from '../subgraph.ts'
import { answers, askingOf, configFor, noon } from './world.ts'

/** A process that sends what is due, and dies where it is told to. */
pointsFrom(env)
const [databaseUrl = '', smtpUrl = ''] = process.argv.slice(2)
const standing = { ...standingAt(noon), ask: askingOf(answers()) }
await using subgraph = await open(configFor(databaseUrl, smtpUrl), standing)
await subgraph.jobs[0]?.run({})
