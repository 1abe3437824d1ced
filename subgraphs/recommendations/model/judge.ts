import { judging } from '@shop/kit/learn/report'
import { judgedBaskets } from './judge/baskets.ts'
import { judgedFilms } from './judge/films.ts'
import { judgedShop } from './judge/shop.ts'

await judging(async (asked) => ({
  capability: 'recommendations',
  metrics: [...judgedBaskets(asked), ...(await judgedShop(asked)), ...(await judgedFilms(asked))],
}))
