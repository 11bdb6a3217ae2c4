/** The same keys, but one that may be `undefined` may be missing instead. */
type Present<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K]
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/** A value without the keys that are `undefined`: what is absent here is left out. */
export function dropAbsent<T extends object>(value: T): Present<T> {
  const present: Partial<T> = {}
  for (const key in value) if (value[key] !== undefined) present[key] = value[key]
  return present as unknown as Present<T>
}
