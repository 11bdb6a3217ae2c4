import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildAssets } from '../../scripts/build-assets.mjs'
import { createAssets, createPages, type Assets } from '../../src/pages/index.ts'
import { render, viewsRoot } from './render.ts'

let folder: string
let built: Awaited<ReturnType<typeof buildAssets>>
let assets: Assets
let server: Server

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tài sản '))
  built = await buildAssets(folder)
  assets = createAssets(folder)
  server = createServer((incoming, outgoing) => {
    if (!assets.serve(incoming, outgoing)) outgoing.writeHead(404).end('ours')
  })
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('the stylesheet', () => {
  test('is sent compressed, for good, under the hash of what it holds', async () => {
    const answer = await request(server).get(`${assets.path}/mock-vneid.css`)

    expect(answer.status).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'text/css',
      'content-encoding': 'gzip',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      vary: 'Accept-Encoding',
    })
  })

  test.each(['identity', 'br, gzip;q=0', ''])('is sent plain to who takes "%s"', async (coding) => {
    const answer = await request(server)
      .get(`${assets.path}/mock-vneid.css`)
      .set('Accept-Encoding', coding)

    expect(answer.headers['content-encoding']).toBeUndefined()
    expect(answer.text).toContain('Be Vietnam Pro')
  })

  test('names only files of ours that are there', () => {
    const css = readFileSync(join(folder, assets.path, 'mock-vneid.css'), 'utf8')
    const named = [...css.matchAll(/url\(["']?([^"')]+)/g)].map(([, url = '']) => url)

    expect(named).toHaveLength(9)
    expect(named.filter((url) => built.files[url.replace('./', '')] === undefined)).toEqual([])
  })
})

test('a font is sent as one, and anything else is left to others', async () => {
  const font = await request(server).get(
    `${assets.path}/fonts/be-vietnam-pro-vietnamese-400-normal.woff2`,
  )

  expect(font.headers['content-type']).toBe('font/woff2')
  for (const path of ['/', '/assets/', `${assets.path}/`, '/assets/older/mock-vneid.css'])
    expect(await request(server).get(path)).toMatchObject({ status: 404, text: 'ours' })
  expect((await request(server).post(`${assets.path}/mock-vneid.css`)).text).toBe('ours')
})

test('the sign-in page with its stylesheet stays far under 60 KB', async () => {
  const pages = createPages({ viewsRoot, assetsPath: assets.path })
  const { html } = render('sign-in/identify', 'vi', pages)
  const css = await request(server).get(`${assets.path}/mock-vneid.css`)

  expect(html).toContain(`<link rel="stylesheet" href="${assets.path}/mock-vneid.css">`)
  expect(Buffer.byteLength(html) + Number(css.headers['content-length'])).toBeLessThan(40_000)
})

test('what is served outlives a new build', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'))
  await buildAssets(elsewhere)
  const kept = createAssets(elsewhere)
  rmSync(elsewhere, { recursive: true })

  const answer = await request(
    createServer((incoming, outgoing) => void kept.serve(incoming, outgoing)),
  ).get(`${kept.path}/mock-vneid.css`)

  expect(answer.text).toContain('Be Vietnam Pro')
})

test('building twice gives the same address', async () => {
  const again = mkdtempSync(join(tmpdir(), 'again-'))

  expect((await buildAssets(again)).path).toBe(built.path)
  rmSync(again, { recursive: true })
})

test('a folder in which nothing was built is told with the next step', () => {
  const empty = mkdtempSync(join(tmpdir(), 'empty-'))
  const refusal = expect.objectContaining({
    code: 'ERR_FILE_UNREADABLE',
    message: `folder "${empty}" must hold the built stylesheets and fonts, got none. Run "npm run build".`,
  })

  expect(() => createAssets(empty)).toThrow(refusal)
  mkdirSync(join(empty, 'assets'))
  expect(() => createAssets(empty)).toThrow(refusal)
  rmSync(empty, { recursive: true })
})
