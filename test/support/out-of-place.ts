import type { Page } from 'playwright-core'

/**
 * What of a page as it stands is hard to read: words and controls that leave the card they are in
 * or are cut off, words broken in two where one line could hold them, and a page that scrolls
 * sideways.
 */
export async function outOfPlace(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(script)
}

const script = `(() => {
  const found = []
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth > clientWidth) found.push('scrolls sideways by ' + (scrollWidth - clientWidth))

  /* As far as what stands in an element may reach; nothing for what nobody sees. */
  const edges = new Map()
  const edgeOf = (element) => {
    if (!element) return clientWidth
    if (!edges.has(element)) edges.set(element, measure(element))
    return edges.get(element)
  }
  const measure = (element) => {
    const outer = edgeOf(element.parentElement)
    const { clipPath, overflowX } = getComputedStyle(element)
    if (outer === undefined || clipPath !== 'none' || !element.checkVisibility()) return undefined
    if (overflowX === 'auto' || overflowX === 'scroll') return Infinity
    const isBox = overflowX !== 'visible' || element.matches('.card, .tool, .persona, .shared')
    return isBox ? Math.min(outer, element.getBoundingClientRect().right) : outer
  }

  for (const control of document.querySelectorAll('a, button, input:not([type=hidden])')) {
    const edge = edgeOf(control)
    const { left, right } = control.getBoundingClientRect()
    if (right > edge + 1 || (right > 0 && left < -1)) found.push('leaves its place: ' + control.outerHTML)
  }

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const node = texts.currentNode
    const edge = edgeOf(node.parentElement)
    if (edge === undefined) continue
    for (const { 0: word, index } of node.data.matchAll(/\\S+/g)) {
      const range = document.createRange()
      range.setStart(node, index)
      range.setEnd(node, index + word.length)
      const boxes = [...range.getClientRects()]
      if (boxes.some(({ right }) => right > edge + 1)) found.push('is cut off: ' + word)
      const width = boxes.reduce((sum, box) => sum + box.width, 0)
      const isBroken = new Set(boxes.map(({ top }) => Math.round(top))).size > 1
      if (isBroken && /^\\p{L}+[.,:;!?)”’]*$/u.test(word) && width < clientWidth / 2)
        found.push('is broken in two: ' + word)
    }
  }
  return found
})()`
