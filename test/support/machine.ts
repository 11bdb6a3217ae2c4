import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const { env, platform } = process

/** Where Chromium is on this machine, or `undefined`. `CHROME_PATH` names another one. */
export const chromiumPath: string | undefined = firstRunnable([
  env['CHROME_PATH'],
  ...onThePath('chromium', 'chromium-browser', 'google-chrome', 'chrome', 'msedge'),
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...[env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].flatMap((folder) =>
    folder === undefined
      ? []
      : [
          join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
          join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
        ],
  ),
])

/** Where the Redis server is on this machine, or `undefined`. */
export const redisServerPath: string | undefined = firstRunnable(onThePath('redis-server'))

/** Where HAProxy is on this machine, or `undefined`. Debian keeps it where only root looks. */
export const haproxyPath: string | undefined = firstRunnable([
  ...onThePath('haproxy'),
  '/usr/sbin/haproxy',
])

function onThePath(...names: string[]): string[] {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return names.flatMap((name) =>
    folders.map((folder) => join(folder, platform === 'win32' ? `${name}.exe` : name)),
  )
}

function firstRunnable(candidates: readonly (string | undefined)[]): string | undefined {
  return candidates.find((file) => file !== undefined && isRunnable(file))
}

function isRunnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
