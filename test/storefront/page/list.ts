import { html } from 'lit-html'
import { type ProductCardFragment, ProductListDocument } from '../documents.generated.ts'
import type { Shop } from './client.ts'
import { type Leave, type Show, waiting, wrong } from './view.ts'

export function openList({ client }: Shop, show: Show): Leave {
  const list = client.watchQuery({ query: ProductListDocument, variables: { first: 8 } })
  const watching = list.subscribe(({ data, dataState, error }) => {
    if (error) return show(wrong(error))
    if (dataState !== 'complete') return show(waiting)
    const { nodes, totalCount, pageInfo } = data.products
    const more = () => list.fetchMore({ variables: { after: pageInfo.endCursor } })
    show(html`
      <p class="faint">${nodes.length} of ${totalCount} products</p>
      <ul class="grid">${nodes.map(card)}</ul>
      ${pageInfo.hasNextPage ? html`<button id="more" @click=${more}>More</button>` : null}
    `)
  })
  return () => watching.unsubscribe()
}

const card = ({ slug, name, brand, image, priceFrom }: ProductCardFragment) => html`
  <li>
    <a class="card" href="#/products/${slug}">
      ${image ? html`<img src=${image.url} alt=${image.alt} loading="lazy" />` : null}
      <span><b>${name}</b><br /><small>${brand?.name}</small><br />${priceFrom?.formatted}</span>
    </a>
  </li>
`
