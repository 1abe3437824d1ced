import { byKind } from '@shop/kit/kind'
import { CurrencyCode, DateTime, MinorUnits } from '@shop/kit/scalars'
import { Cart } from './Cart.ts'
import { CartChanged } from './CartChanged.ts'
import { CartEmpty } from './CartEmpty.ts'
import { CartInCheckout } from './CartInCheckout.ts'
import { CartItem } from './CartItem.ts'
import { CartSaved } from './CartSaved.ts'
import { CheckoutAccepted } from './CheckoutAccepted.ts'
import { CheckoutProgress } from './CheckoutProgress.ts'
import { Fulfillment } from './Fulfillment.ts'
import { FulfillmentCreated } from './FulfillmentCreated.ts'
import { FulfillmentItem } from './FulfillmentItem.ts'
import { ItemsNotSold } from './ItemsNotSold.ts'
import { Money } from './Money.ts'
import { Mutation } from './Mutation.ts'
import { NotToBeShipped } from './NotToBeShipped.ts'
import { Order } from './Order.ts'
import { OrderCancelled } from './OrderCancelled.ts'
import { OrderForMail } from './OrderForMail.ts'
import { OrderForMailAddress } from './OrderForMailAddress.ts'
import { OrderForMailFulfillment } from './OrderForMailFulfillment.ts'
import { OrderForMailItem } from './OrderForMailItem.ts'
import { OrderItem } from './OrderItem.ts'
import { OrderMoved } from './OrderMoved.ts'
import { OrderNotCancellable } from './OrderNotCancellable.ts'
import { OrderNotMoved } from './OrderNotMoved.ts'
import { OutOfStock } from './OutOfStock.ts'
import { PriceChanged } from './PriceChanged.ts'
import { Query } from './Query.ts'
import { Quote } from './Quote.ts'
import { QuoteItem } from './QuoteItem.ts'
import { Subscription } from './Subscription.ts'
import type { Resolvers } from './types.generated.ts'
import { User } from './User.ts'

export const resolvers: Resolvers = {
  CancelOrderResult: byKind,
  Cart,
  CartChanged,
  CartEmpty,
  CartInCheckout,
  CartItem,
  CartResult: byKind,
  CartSaved,
  CheckoutAccepted,
  CheckoutProgress,
  CheckoutResult: byKind,
  CreateFulfillmentResult: byKind,
  CurrencyCode,
  DateTime,
  Fulfillment,
  FulfillmentCreated,
  FulfillmentItem,
  ItemsNotSold,
  MinorUnits,
  Money,
  MoveOrderResult: byKind,
  Mutation,
  NotToBeShipped,
  Order,
  OrderCancelled,
  OrderForMail,
  OrderForMailAddress,
  OrderForMailFulfillment,
  OrderForMailItem,
  OrderItem,
  OrderMoved,
  OrderNotCancellable,
  OrderNotMoved,
  OutOfStock,
  PriceChanged,
  Query,
  Quote,
  QuoteItem,
  QuoteResult: byKind,
  Subscription,
  User,
}
