import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { packageRoot } from '../kernel/index.ts'
import { FileUnreadable } from './file-unreadable.ts'

/** The environment's way to say which folder. */
export const folderVariable = 'MOCK_VNEID_CONFIG'

/** The files of a configuration. */
export const fileNames = ['settings.yaml', 'people.yaml', 'clients.yaml', 'services.yaml'] as const

const ownFolder = join(packageRoot, 'config')

export interface FolderOptions {
  /** A folder with any of the four files; those it lacks are the product's own. */
  folder?: string
  environment: Readonly<Record<string, string | undefined>>
}

/** The folder that was given, by flag or else by the environment. */
function folderOf({ folder, environment }: FolderOptions): string | undefined {
  return folder ?? (environment[folderVariable] || undefined)
}

/** Every file whose change could change the configuration, there or not. */
export function watchedFiles(options: FolderOptions): string[] {
  const folder = folderOf(options)
  const folders = folder === undefined ? [ownFolder] : [resolve(folder), ownFolder]
  const files = folders.flatMap((path) => fileNames.map((name) => join(path, name)))
  return [...files, packsFolder(options)]
}

/** Where files of people lie beside people.yaml. */
export const packsFolder = (options: FolderOptions): string =>
  join(resolve(folderOf(options) ?? ownFolder), 'people')

/**
 * Says where each file is: in the folder, or where it has none of that name, in the product's own.
 *
 * @throws {@link FileUnreadable} When there is no such folder.
 */
export function locate(options: FolderOptions): (name: (typeof fileNames)[number]) => string {
  const folder = folderOf(options)
  if (folder === undefined) return (name) => join(ownFolder, name)
  const there = filesIn(resolve(folder))
  return (name) => (there.includes(name) ? resolve(folder, name) : join(ownFolder, name))
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    throw new FileUnreadable(folder, error, 'folder')
  }
}
