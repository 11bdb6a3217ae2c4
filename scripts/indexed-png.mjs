import { crc32, deflateSync, inflateSync } from 'node:zlib'

/**
 * A screenshot with at most 256 colours, a third of its size: the most frequent ones, none too like
 * another, and each pixel in the nearest of them.
 *
 * @param {Buffer} screenshot
 */
export function toIndexedPng(screenshot) {
  const { width, height, depth, pixels } = decode(screenshot)
  const colours = countColours(pixels, depth)
  const palette = choosePalette(colours)
  const indexOf = new Map([...colours.keys()].map((colour) => [colour, nearest(palette, colour)]))
  const rows = Buffer.alloc(height * (width + 1))
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      rows[y * (width + 1) + 1 + x] =
        indexOf.get(pixels.readUIntBE((y * width + x) * depth, 3)) ?? 0
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1A\n', 'latin1'),
    chunk('IHDR', Buffer.from([...bytes(width, 4), ...bytes(height, 4), 8, 3, 0, 0, 0])),
    chunk('PLTE', Buffer.from(palette.flatMap((colour) => bytes(colour, 3)))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/**
 * The pixels of a PNG with 8 bits a channel and no interlacing, as browsers write it. PNG (ISO/IEC
 * 15948) §9.
 *
 * @param {Buffer} png
 */
function decode(png) {
  const [header, data] = [chunksOf(png, 'IHDR'), chunksOf(png, 'IDAT')]
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const depth = header[9] === 6 ? 4 : 3
  const filtered = inflateSync(data)
  const stride = width * depth
  const pixels = Buffer.alloc(height * stride)
  for (let y = 0; y < height; y++) {
    const filter = filtered[y * (stride + 1)] ?? 0
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x
      const left = x < depth ? 0 : (pixels[at - depth] ?? 0)
      const up = y === 0 ? 0 : (pixels[at - stride] ?? 0)
      const corner = x < depth || y === 0 ? 0 : (pixels[at - stride - depth] ?? 0)
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
      pixels[at] = (filtered[at + y + 1] ?? 0) + guess
    }
  }
  return { width, height, depth, pixels }
}

/**
 * @param {number} left
 * @param {number} up
 * @param {number} corner
 */
function paeth(left, up, corner) {
  const [a, b, c] = [up - corner, left - corner, left + up - 2 * corner].map(Math.abs)
  if (a === undefined || b === undefined || c === undefined) return left
  return a <= b && a <= c ? left : b <= c ? up : corner
}

/**
 * @param {Buffer} png
 * @param {string} type
 */
function chunksOf(png, type) {
  const found = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString('latin1', at + 4, at + 8) === type)
      found.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  return Buffer.concat(found)
}

/**
 * @param {Buffer} pixels
 * @param {number} depth
 */
function countColours(pixels, depth) {
  /** @type {Map<number, number>} */
  const counts = new Map()
  for (let at = 0; at < pixels.length; at += depth) {
    const colour = pixels.readUIntBE(at, 3)
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  return counts
}

/** @param {Map<number, number>} colours */
function choosePalette(colours) {
  const byFrequency = [...colours].sort(([, a], [, b]) => b - a).map(([colour]) => colour)
  for (let apart = 0; ; apart += 8) {
    /** @type {number[]} */
    const palette = []
    for (const colour of byFrequency)
      if (palette.every((chosen) => distance(chosen, colour) > apart)) palette.push(colour)
    if (palette.length <= 256) return palette
  }
}

/**
 * @param {readonly number[]} palette
 * @param {number} colour
 */
function nearest(palette, colour) {
  let best = 0
  for (let index = 1; index < palette.length; index++)
    if (distance(palette[index] ?? 0, colour) < distance(palette[best] ?? 0, colour)) best = index
  return best
}

/**
 * @param {number} one
 * @param {number} other
 */
function distance(one, other) {
  const [red, green, blue] = [16, 8, 0].map((at) => ((one >> at) & 255) - ((other >> at) & 255))
  return (red ?? 0) ** 2 + (green ?? 0) ** 2 + (blue ?? 0) ** 2
}

/**
 * @param {number} value
 * @param {number} count
 */
const bytes = (value, count) =>
  Array.from({ length: count }, (_, at) => (value >>> (8 * (count - 1 - at))) & 255)

/**
 * @param {string} type
 * @param {Buffer} data
 */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  return Buffer.from([...bytes(data.length, 4), ...body, ...bytes(crc32(body), 4)])
}
