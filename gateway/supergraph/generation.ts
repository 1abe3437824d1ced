import type { GraphQLSchema } from 'graphql'
import { type DocumentSettings, Documents } from '../document/documents.ts'
import type { KeepEntities } from '../execute/kept.ts'
import type { SubgraphLink } from '../execute/link.ts'
import { type OperationSettings, Operations } from '../plan/operations.ts'
import { openPlanner, type Planner, type PlannerSettings } from '../plan/planner.ts'
import { buildApiSchema, typeNamesOf } from './api-schema.ts'
import { namesOf } from './interface-fields.ts'
import type { Links, Taken } from './links.ts'
import { readSupergraph, type Supergraph } from './read.ts'
import { requiredNamesIn } from './required-names.ts'

export interface GenerationSettings {
  readonly documents: DocumentSettings
  readonly operations: OperationSettings
  readonly planner: PlannerSettings
  /** Clients are told what they may have meant, what was wrong with a value, and which subgraph failed. */
  readonly isDevelopment: boolean
  /** Entities that are kept between requests. */
  readonly entities?: KeepEntities | undefined
  /** How subgraphs are reached: one that stays where it is keeps its connections. */
  readonly links: Links
}

/** A supergraph in use, with all that was made of it. */
export interface Generation {
  readonly supergraph: Supergraph
  readonly schema: GraphQLSchema
  /** Of the types clients see that have fields. */
  readonly typeNames: ReadonlySet<string>
  readonly documents: Documents
  readonly operations: Operations
  readonly echoes: boolean
  close(): Promise<void>
}

/** Rejects when the supergraph cannot be served. */
export async function openGeneration(
  sdl: string,
  settings: GenerationSettings,
): Promise<Generation> {
  const supergraph = readSupergraph(sdl)
  const links = linksOf(supergraph, settings.links)
  const planner = await openPlanner(sdl, settings.planner)
  const schema = schemaOf(planner, supergraph)
  const typeNames = typeNamesOf(schema)
  const { kinds, applied, fieldNames, interfaceFields } = supergraph
  const { entities } = settings
  const world = { kinds, applied, schema, entities, links: links.of }
  const parts = {
    schema,
    typeNames,
    planner,
    world,
    fieldNames,
    interfaceFields,
    interfaceFieldNames: namesOf(interfaceFields),
    required: requiredNamesIn(applied),
  }
  return {
    supergraph,
    schema,
    typeNames,
    documents: new Documents(schema, settings.documents),
    operations: new Operations(parts, settings.operations),
    echoes: settings.isDevelopment,
    async close() {
      planner.close()
      await links.close()
    },
  }
}

/** Closes the planner, whose processes would live on, when there is no schema in what it says. */
function schemaOf(planner: Planner, { namespaces }: Supergraph): GraphQLSchema {
  try {
    return buildApiSchema(planner.facts.apiSchema, namespaces)
  } catch (error) {
    planner.close()
    throw error
  }
}

/** One link a subgraph, taken when a plan first asks for it. */
function linksOf({ names, addresses }: Supergraph, { take }: Links) {
  const taken = new Map<string, Taken>()
  return {
    of(service: string): SubgraphLink {
      const name = names.get(service)
      if (name === undefined) throw new Error(`The supergraph has no subgraph ${service}.`)
      const known = taken.get(name) ?? take(name, addresses.get(name) ?? '')
      taken.set(name, known)
      return known.link
    },
    async close() {
      await Promise.all([...taken.values()].map(({ leave }) => leave()))
    },
  }
}
