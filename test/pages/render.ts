import { join } from 'node:path'
import { packageRoot } from '../../src/kernel/index.ts'
import { createPages, type Language, type Pages, type RenderedPage } from '../../src/pages/index.ts'
import { samples } from './samples.ts'

export const viewsRoot: string = join(packageRoot, 'views')
export const pages: Pages = createPages({ viewsRoot, assetsPath: '/assets/0' })

/** A sample as a page, with the switch that every page of the product has. */
export function render(
  sample: string,
  language: Language = 'vi',
  using: Pages = pages,
): RenderedPage {
  const page = samples[sample]
  if (page === undefined) throw new Error(`sample "${sample}" does not exist`)
  return using.render({
    ...page,
    language,
    languageSwitch: { vi: '?language=vi', en: '?language=en' },
  })
}
