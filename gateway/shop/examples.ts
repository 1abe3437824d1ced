/** What a newcomer finds in the playground: each can be run as it stands on the demo shop. */
export const examples = `# Shopgraph: one graph for the whole shop.
# The button lists the queries; Ctrl-Enter runs
# the one under the cursor.

query FirstProducts {
  products(first: 3) {
    nodes {
      id
      name
      slug
      priceFrom { formatted }
    }
    pageInfo { hasNextPage endCursor }
  }
}

# Catalog knows the product, inventory what is left.
query OneProduct($slug: String! = "volta-pulse-zen-smartwatch-000x") {
  product(slug: $slug) {
    name
    description
    brand { name }
    variants {
      sku
      attributes { name value }
      price { formatted(locale: "de-DE") }
      available
    }
    images { alt url(width: 400) }
  }
}

query FilterAndCount {
  products(first: 5, sort: PRICE_ASC, filter: { category: "electronics-audio", maxPrice: 10000 }) {
    totalCount
    nodes { name priceFrom { formatted } }
    facets {
      brands { brand { name } count }
      attributes { key values { value count } }
    }
  }
}

query CategoryTree {
  categories {
    name
    productCount
    children { name slug productCount }
  }
}

query Stock {
  variantsBySku(skus: ["ELE-000X-01", "SHO-0006-02"]) {
    sku
    product { name }
    available
  }
}
`
