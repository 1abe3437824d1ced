/** What a newcomer finds in the playground: each can be run as it stands. */
export const examples = `# Shopgraph: one graph for the whole shop. Press the button to run the first query;
# put the cursor into another one to run that instead.

query Products {
  products(first: 3) {
    nodes {
      id
      name
      variants { sku price { formatted } available }
    }
  }
}
`
