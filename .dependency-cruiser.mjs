const domain = '^subgraphs/[^/]+/domain/'
const anySubgraph = '^subgraphs/(?!kit/)'

const rules = [
  {
    name: 'subgraphs-are-strangers',
    comment: 'A subgraph learns of another through the supergraph or an event, never by import.',
    from: { path: '^subgraphs/(?!kit/)([^/]+)/' },
    to: { path: '^subgraphs/', pathNot: ['^subgraphs/$1/', '^subgraphs/kit/'] },
  },
  {
    name: 'kit-knows-no-subgraph',
    comment: 'Code that names a product or an order belongs to the subgraph that owns it.',
    from: { path: '^subgraphs/kit/' },
    to: { path: [anySubgraph, '^gateway/'] },
  },
  {
    name: 'gateway-stands-alone',
    comment: 'The gateway knows the subgraphs only by the composed schema.',
    from: { path: '^gateway/' },
    to: { path: [anySubgraph, '^deploy/'] },
  },
  {
    name: 'only-solo-opens-many',
    comment: 'One process of many subgraphs is put together in deploy/solo.',
    from: { pathNot: '^(deploy/solo|gateway|subgraphs|test)/' },
    to: { path: anySubgraph },
  },
  {
    name: 'domain-is-pure',
    comment: 'Rules of the shop know no GraphQL, no SQL, no queue and no HTTP.',
    from: { path: domain, pathNot: '\\.test\\.ts$' },
    to: { pathNot: [domain, '^subgraphs/kit/(clock|errors|identity|ids|money|points)\\.ts$'] },
  },
  {
    name: 'models-are-computation',
    comment: 'A model reads no shop: its room sees itself, kit/learn and numeric packages.',
    from: { path: '^subgraphs/[^/]+/model/', pathNot: '\\.test\\.ts$' },
    to: {
      path: ['^(deploy|gateway|test)/', '^subgraphs/'],
      pathNot: ['^subgraphs/[^/]+/model/', '^subgraphs/kit/learn/'],
    },
  },
  {
    name: 'resolvers-do-not-query',
    comment: 'A resolver reaches rows through its context, so loaders and tests can stand between.',
    from: { path: '/resolvers/' },
    to: { path: ['/db/', 'node_modules/(kysely|pg|ioredis|bullmq)/'] },
  },
  {
    name: 'index-is-run',
    comment: 'A package index.ts starts a process. It is run, never imported.',
    from: {},
    to: { path: '^(gateway|(deploy|subgraphs)/[^/]+)/index\\.ts$' },
  },
  { name: 'no-cycles', from: {}, to: { circular: true } },
  {
    name: 'declared-dependencies',
    from: {},
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
  },
  {
    name: 'tests-are-leaves',
    from: { pathNot: '(\\.test\\.ts$|/test/|^test/)' },
    to: { path: '(\\.test\\.ts$|/testing\\.ts$|(^|/)test/)' },
  },
]

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: rules.map((rule) => ({ severity: 'error', ...rule })),
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
}
