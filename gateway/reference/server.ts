import { ApolloGateway, type GatewayConfig } from '@apollo/gateway'
import { ApolloServer } from '@apollo/server'
import {
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import { withoutSecurity } from '../supergraph/without-security.ts'

type BuildService = NonNullable<Extract<GatewayConfig, { buildService?: unknown }>['buildService']>

const quiet = { debug() {}, info() {}, warn() {}, error() {} }

/** Apollo's own gateway, as it comes: what the router is compared with. Its telemetry is off. */
export function referenceServer(supergraphSdl: string, buildService?: BuildService): ApolloServer {
  const gateway = new ApolloGateway({
    supergraphSdl: withoutSecurity(supergraphSdl),
    logger: quiet,
    ...(buildService && { buildService }),
  })
  return new ApolloServer({
    gateway,
    logger: quiet,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    introspection: true,
    csrfPrevention: false,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  })
}
