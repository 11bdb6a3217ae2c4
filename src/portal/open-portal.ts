import type { Portal, PortalOptions } from './portal.ts'

/** The relying party of `clients.yaml` that the demo portal is. */
export const portalClientId = 'demo-portal'

/**
 * Opens the portal. It and its OpenID Connect library are loaded only now, for a mock that serves
 * no portal needs neither.
 */
export async function openPortal(options: PortalOptions): Promise<Portal> {
  const { createPortal } = await import('./portal.ts')
  return createPortal(options)
}
