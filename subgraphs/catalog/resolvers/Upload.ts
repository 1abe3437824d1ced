import { GraphQLError, GraphQLScalarType } from 'graphql'

const noFile = () => new GraphQLError('A file comes in a multipart request.')

/** The gateway takes the file in, and puts its key here. */
export const Upload = new GraphQLScalarType<string, never>({
  name: 'Upload',
  serialize: () => {
    throw noFile()
  },
  parseValue: (key) => {
    if (typeof key !== 'string') throw noFile()
    return key
  },
  parseLiteral: () => {
    throw noFile()
  },
})
