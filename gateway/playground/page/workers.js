// Before the editor's own script, which looks here for its workers, and whether to be reached from outside.
globalThis.MonacoEnvironment = {
  globalAPI: true,
  getWorkerUrl: (/** @type {string} */ _, /** @type {string} */ label) =>
    `/playground/worker-${{ graphql: 'graphql', json: 'json' }[label] ?? 'editor'}.js`,
}
