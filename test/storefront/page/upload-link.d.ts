// The package says its types in comments that strict compilers refuse.
declare module 'apollo-upload-client/UploadHttpLink.mjs' {
  import { ApolloLink, type HttpLink } from '@apollo/client'

  // biome-ignore lint/style/noDefaultExport: the package's own.
  export default class UploadHttpLink extends ApolloLink {
    constructor(options: HttpLink.Options)
  }
}
