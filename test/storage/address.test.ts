import { describe, expect, test } from 'vitest'
import { hidePassword } from '../../src/kernel/index.ts'
import { parseAddress } from '../../src/storage/redis/address.ts'

const node = (host: string, port: number) => ({ host, port })

describe('an address of Redis', () => {
  test.each([
    ['redis://cache', { nodes: [node('cache', 6379)], hasTls: false, database: 0 }],
    ['redis://cache:7000/3', { nodes: [node('cache', 7000)], database: 3 }],
    ['redis://[::1]:7000', { nodes: [node('::1', 7000)] }],
    ['rediss://cache:7000', { nodes: [node('cache', 7000)], hasTls: true }],
    ['redis://:secret@cache', { password: 'secret' }],
    ['redis://mock:p%40ss:w%2Frd@cache', { username: 'mock', password: 'p@ss:w/rd' }],
  ])('names one server: %s', (address, parts) => {
    expect(parseAddress(address)).toMatchObject({ kind: 'standalone', ...parts })
  })

  test('names a group that Sentinels watch, and its database', () => {
    expect(parseAddress('redis+sentinel://:secret@one,two:27000/main/2')).toEqual({
      kind: 'sentinel',
      nodes: [node('one', 26_379), node('two', 27_000)],
      hasTls: false,
      password: 'secret',
      database: 2,
      masterName: 'main',
    })
  })

  test('names nodes of a Cluster', () => {
    expect(parseAddress('rediss+cluster://one:7000,two:7001')).toEqual({
      kind: 'cluster',
      nodes: [node('one', 7000), node('two', 7001)],
      hasTls: true,
      database: 0,
    })
  })

  test.each([
    'redis://',
    'redis:cache',
    'http://cache',
    'redis://cache:port',
    'redis://cache:70000',
    'redis://cache/first',
    'redis://cache/0/1',
    'redis://cache/-1',
    'redis://one,two',
    'redis://cache?db=1',
    'redis://%E0%A4%A@cache',
    'redis+sentinel://one:26379',
    'redis+sentinel://one/main/x',
    'redis+cluster://one,two/1',
    'redis+cluster://one,,two',
    'redis+cloud://one',
    ' redis://cache',
  ])('is not %j', (address) => {
    expect(() => parseAddress(address)).toThrow(
      expect.objectContaining({
        code: 'ERR_STORE_ADDRESS_INVALID',
        message: expect.stringMatching(
          /^store must be memory, redis:\/\/host:port, .*, got ".*"\.$/,
        ),
      }),
    )
  })
})

describe('whoever is let in by an address', () => {
  test.each([
    ['redis://mock:geheim@cache:1', 'redis://…@cache:1'],
    ['redis://:geheim@cache', 'redis://…@cache'],
    ['redis://geheim@cache', 'redis://…@cache'],
    ['redis://mock:ge@heim@cache', 'redis://…@cache'],
    ['redis://mock:geheim/@cache', 'redis://…@cache'],
    ['redis+sentinel://mock:geheim@one,two/main', 'redis+sentinel://…@one,two/main'],
    ['redis://cache?password=geheim', 'redis://cache'],
    ['redis://mock:gehe\nim@cache', 'redis://…@cache'],
    ['reddis://mock:geheim@cache', 'reddis://…@cache'],
    ['redis:/mock:geheim@cache', '…@cache'],
    ['mock:geheim//@cache', '…@cache'],
    ['geheim@cache', '…@cache'],
  ])('is left out where it is shown: %j', (address, shown) => {
    expect(hidePassword(address)).toBe(shown)
  })

  test('is left out of what is said about a wrong one', () => {
    expect(() => parseAddress('redis://mock:geheim@cache:port')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('geheim') }),
    )
  })
})
