import { MockVneidError } from '../kernel/index.ts'

/** A file that was asked for is not there, or may not be read. */
export class FileUnreadable extends MockVneidError {
  override readonly code = 'ERR_FILE_UNREADABLE'
  readonly file: string
  /** What is the matter with it, without its name. */
  readonly why: string

  constructor(file: string, cause: unknown, kind: 'file' | 'folder' = 'file') {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException
    const why = reasons[code] ?? `cannot be read (${code})`
    super(`${kind} "${file}" ${why}. Create it, or name another folder with --config.`, { cause })
    this.file = file
    this.why = why
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'is not a folder',
  EISDIR: 'is not a file',
}
