import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { pruneDeclarations } from '../../scripts/declarations.mjs'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-vneid-declarations-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** What is left of declarations for the door `index.d.ts`. */
function prune(files: Record<string, string>): Record<string, string> {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return Object.fromEntries(pruneDeclarations(folder, ['index.d.ts']))
}

const lines = (text: string | undefined) => text?.split('\n').filter((line) => line !== '')

describe('the declarations of a door', () => {
  test('lead to where a name is declared, past every door between', () => {
    const files = prune({
      'index.d.ts': `export { Clock } from './kernel/index.ts';`,
      'kernel/index.d.ts': `export { Clock } from './clock.ts'; export { schema } from './schema.ts';`,
      'kernel/clock.d.ts': `export declare class Clock { now(): number }`,
      'kernel/schema.d.ts': `import * as z from 'zod'; export declare const schema: z.ZodType<number>;`,
    })

    expect(Object.keys(files)).toEqual(['index.d.ts', 'kernel/clock.d.ts'])
    expect(lines(files['index.d.ts'])).toEqual([
      `export { Clock } from './kernel/clock.js';`,
      'export {};',
    ])
  })

  test('bring what they speak of, with its docstring, and leave its neighbours', () => {
    const files = prune({
      'index.d.ts': `import { type Wish } from './wish.ts';\nexport declare function ask(wish: Wish): void;`,
      'wish.d.ts': [
        `import { z } from 'zod';`,
        `/** Of a person. */`,
        `export interface Wish extends Base { age: Years }`,
        `type Years = number;`,
        `interface Base { [key: string]: unknown }`,
        `/** Not asked for. */`,
        `export declare const schema: z.ZodType;`,
      ].join('\n'),
    })

    expect(lines(files['wish.d.ts'])).toEqual([
      `/** Of a person. */`,
      `export interface Wish extends Base { age: Years }`,
      `type Years = number;`,
      `interface Base { [key: string]: unknown }`,
      'export {};',
    ])
  })

  test('follow a name that somebody else gave another', () => {
    const files = prune({
      'index.d.ts': `import { Own as Theirs } from './room/index.ts';\nexport type All = readonly Theirs[];`,
      'room/index.d.ts': `export type * from './own.ts';`,
      'room/own.d.ts': `type Inside = 1;\nexport { Inside as Own };`,
    })

    expect(lines(files['index.d.ts'])?.[0]).toBe(
      `import { Inside as Theirs } from './room/own.js';`,
    )
    expect(lines(files['room/own.d.ts'])).toEqual(['export type Inside = 1;', 'export {};'])
  })

  test('keep a type that was passed on as a type alone from becoming a value', () => {
    const files = prune({
      'index.d.ts': `export type { Clock } from './clock.ts';`,
      'clock.d.ts': `export declare class Clock {}`,
    })

    expect(files['index.d.ts']).toContain(`export type { Clock } from './clock.js';`)
  })

  test('leave out what the door calls internal, and what only that needs', () => {
    const files = prune({
      'index.d.ts': [
        `import { Settings } from './settings.ts';`,
        `export declare function start(): void;`,
        `/**\n * For the command line.\n *\n * @internal\n */`,
        `export declare function startWith(settings: Settings): void;`,
      ].join('\n'),
      'settings.d.ts': `export interface Settings { port: number }`,
    })

    expect(Object.keys(files)).toEqual(['index.d.ts'])
    expect(lines(files['index.d.ts'])).toEqual([
      `export declare function start(): void;`,
      'export {};',
    ])
  })

  test('do without the types of Node where there are none', () => {
    const files = prune({
      'index.d.ts': `import { Server } from 'node:http';\nexport declare function listen(): Server;`,
    })

    expect(lines(files['index.d.ts'])?.slice(0, 2)).toEqual([
      '// @ts-ignore Of any type where there are no types of Node.',
      `import { Server } from 'node:http';`,
    ])
  })

  test('bring the standard library that disposal needs', () => {
    const files = prune({ 'index.d.ts': `export interface World extends AsyncDisposable {}` })

    expect(lines(files['index.d.ts'])?.[0]).toBe('/// <reference lib="esnext.disposable" />')
  })

  test('are refused when they name what is not there', () => {
    const files = {
      'index.d.ts': `export { Clok } from './clock.ts';`,
      'clock.d.ts': `export declare class Clock {}`,
    }

    expect(() => prune(files)).toThrow('clock.d.ts exports no "Clok"')
  })
})
