/**
 * For engines that refuse a supergraph whose access rules they cannot keep: those are kept before a
 * plan is made, by a step of the road.
 */
export function withoutSecurity(sdl: string): string {
  return sdl.replaceAll(/,\s*for: SECURITY/g, '')
}
