import type { Weighted } from './chance.ts'

/** How parents of one time named their children. All shares are assumed. */
export interface Fashion {
  /** The last birth year of this fashion. */
  until: number
  /**
   * How often each form is chosen: one middle name and one given name; Thị or another before a
   * pair; a pair alone.
   */
  forms: readonly Weighted<'single' | 'prefixed' | 'pair'>[]
  /** Middle names before a single given name. */
  middles: readonly Weighted<string>[]
  /** Middle names before a pair. */
  prefixes: readonly Weighted<string>[]
  singles: readonly string[]
  /** Middle and given name that are chosen together. */
  pairs: readonly string[]
}

/** Names before the two that children are called by, some of them the mother's family name. */
export const prefixesOfChildren: readonly Weighted<string>[] = [
  [5, 'Ngọc'],
  [5, 'Hoàng'],
  [3, 'Thanh'],
  [3, 'Phương'],
  [2, 'Minh'],
  [2, 'Lê'],
  [2, 'Trần'],
  [1, 'Phạm'],
  [1, 'Vũ'],
]
