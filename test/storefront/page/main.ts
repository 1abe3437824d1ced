import { html, render } from 'lit-html'
import { LogInDocument, OrderStatusDocument } from '../documents.generated.ts'
import { openCart } from './cart.ts'
import { shopAt } from './client.ts'
import { openList } from './list.ts'
import { openProduct } from './product.ts'
import { type Leave, type Show, wrong } from './view.ts'

const shop = shopAt(new URLSearchParams(location.search).get('shop') ?? '/graphql')

const into =
  (id: string): Show =>
  (seen) =>
    render(seen, document.getElementById(id) as HTMLElement)

let leave: Leave = () => {}

function open(): void {
  leave()
  const [, room, name = ''] = location.hash.split('/')
  const show = into('page')
  if (room === 'products') leave = openProduct(shop, decodeURIComponent(name), show)
  else leave = room === 'cart' ? openCart(shop, show) : openList(shop, show)
}

function showTop(): void {
  const form = html`
    <form @submit=${enter}>
      <input name="email" type="email" placeholder="E-mail" required />
      <input name="password" type="password" placeholder="Password" required />
      <button id="enter">Log in</button>
    </form>
  `
  into('top')(html`
    <a class="name" href="#/">Shopgraph</a>
    <a id="to-cart" href="#/cart">Cart</a>
    ${shop.user ? html`<span id="who">${shop.user.email}</span>` : form}
  `)
}

async function enter(event: SubmitEvent): Promise<void> {
  event.preventDefault()
  const given = new FormData(event.target as HTMLFormElement)
  const input = { email: String(given.get('email')), password: String(given.get('password')) }
  try {
    const { data } = await shop.client.mutate({ mutation: LogInDocument, variables: { input } })
    leave()
    if (data) await shop.enter(data.login)
    showTop()
    followOrders()
    open()
  } catch (fault) {
    into('orders')(wrong(fault as Error))
  }
}

/** Every order of this shopper, whenever it moves. */
function followOrders(): void {
  shop.client.subscribe({ query: OrderStatusDocument }).subscribe(({ data, error }) => {
    if (error) return into('orders')(wrong(error))
    const order = data?.orderStatusChanged
    if (order) into('orders')(html`Order ${order.number} is <b id="status">${order.status}</b>`)
  })
}

addEventListener('hashchange', open)
showTop()
open()
