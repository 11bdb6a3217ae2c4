import type { ReadClient } from '../clients/index.ts'
import type { Problem } from '../kernel/index.ts'
import type { Settings } from './settings.ts'

/** Whether whoever reaches us may be anybody: only this machine does, or the operator said so. */
export function isOpen({ host, control }: Pick<Settings, 'host' | 'control'>): boolean {
  return control === 'open' || host === 'loopback' || /^(127\.|::1$|localhost$)/.test(host)
}

/** Secrets that stand in this product's own files, so that everybody knows them. */
const published = new Set(['demo-portal-secret', 'test-rp-secret', 'dev-secret'])

/** Secrets that are none, where others than this machine can use them. */
export function publishedSecrets(clients: readonly ReadClient[]): Problem[] {
  return clients
    .filter(({ client }) => published.has(client.client_secret ?? ''))
    .map(({ index }) => ({
      path: ['clients', index, 'client_secret'],
      message:
        'is known to everybody, and others than this machine can call. Give another, or say --control open where only you can reach it',
    }))
}
