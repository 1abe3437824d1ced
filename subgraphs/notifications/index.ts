import { standingFrom } from '@shop/kit/alone'
import { serve } from '@shop/kit/serve'
import { configFrom } from './config.ts'
import { open } from './subgraph.ts'

await using standing = await standingFrom(process.env, 'notifications')
await using notifications = await open(configFrom(process.env), standing)
await serve(notifications, standing)
