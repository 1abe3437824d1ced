import type { Judged, Judging } from '@shop/kit/learn/report'
import { encoderFolder, openEncoder, remembering } from './encoder.ts'
import { evidenceFigures } from './evidence-figures.ts'
import { bankingFigures, bitextFigures, clincFigures } from './intent-figures.ts'
import { latencyMetric } from './latency.ts'
import { bankingIn, bitextIn, clincIn, questionsIn } from './sets.ts'
import { stateFolder } from './state.ts'

export async function judgedAssistant({ data, seed }: Judging): Promise<Judged> {
  const live = await openEncoder(encoderFolder(stateFolder()))
  const encoder = live && remembering(live)
  const shared = { encoder, seed }
  return {
    capability: 'assistant',
    metrics: [
      ...(await bankingFigures({ ...shared, split: bankingIn(data) })),
      ...(await clincFigures({ ...shared, split: clincIn(data) })),
      ...(await bitextFigures({ ...shared, split: bitextIn(data) })),
      ...(await evidenceFigures({ ...shared, split: questionsIn(data) })),
      await latencyMetric(data, { ...shared, live }),
    ],
  }
}
