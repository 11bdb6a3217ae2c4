import { MockVneidError } from '../kernel/index.ts'

/**
 * A template or a message that pages are made of cannot be used. The mistake is ours, not the
 * reader's.
 */
export class ViewBroken extends MockVneidError {
  override readonly code = 'ERR_VIEW_BROKEN'
  /** The template's path under `views/`, or the language and key of a message. */
  readonly view: string

  constructor(view: string, why: string, options?: ErrorOptions) {
    super(`view "${view}" ${why} Mend it under "views/".`, options)
    this.view = view
  }
}

/** The stylesheets and fonts have not been made yet. */
export class AssetsMissing extends MockVneidError {
  override readonly code = 'ERR_FILE_UNREADABLE'
  readonly folder: string

  constructor(folder: string, options?: ErrorOptions) {
    super(
      `folder "${folder}" must hold the built stylesheets and fonts, got none. Run "npm run build".`,
      options,
    )
    this.folder = folder
  }
}
