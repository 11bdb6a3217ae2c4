/**
 * Declarations of the public doors, and of what they speak of, down to the last name; nothing else.
 * Every room's door lists all that the room has, so following whole files from the public door
 * would lead to nearly all of them, and to types of libraries that a user of the package does not
 * have.
 *
 * Not here: making declarations from sources, which is the compiler's (build-types).
 */

import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseSync } from 'oxc-parser'

/**
 * @typedef {object} Declaration
 * @property {string} text With the docstring above it.
 * @property {string[]} names What it declares.
 * @property {Set<string>} mentions Names of its module that it may need.
 *
 * @typedef {object} Link A name that comes from elsewhere.
 * @property {string} from As it is written.
 * @property {string} name As it is called there; `*` is all of it.
 * @property {boolean} isTypeOnly
 *
 * @typedef {object} Module
 * @property {string} path From the folder of all declarations, with slashes.
 * @property {string} [page] The docstring of a door.
 * @property {Declaration[]} declarations
 * @property {Map<string, Link>} imports By their names here.
 * @property {Map<string, { local: string } | Link>} exports By their names outside.
 * @property {{ from: string; isTypeOnly: boolean }[]} passedOn Modules all of whose names it
 *   exports.
 *
 * @typedef {{ path: string; name: string; isTypeOnly: boolean }} Place Where a name is declared, or
 *   the package that it comes from.
 */

/**
 * Everything that the doors' declarations consist of, by path, each file with what is needed of it.
 *
 * @param {string} folder Declarations as the compiler makes them of all sources.
 * @param {readonly string[]} doors Paths in it. What they call `@internal` is left out.
 * @returns {Map<string, string>}
 */
export function pruneDeclarations(folder, doors) {
  /** @type {Map<string, Module>} */
  const modules = new Map()
  /** @type {Map<string, Set<Declaration>>} */
  const kept = new Map()
  for (const door of doors) keepDoor(moduleAt(door))
  return new Map(
    [...kept].map(([path, declarations]) => [path, print(moduleAt(path), declarations)]),
  )

  /** @param {string} path */
  function moduleAt(path) {
    const known = modules.get(path)
    if (known) return known
    const module = read(path, readFileSync(join(folder, path), 'utf8'))
    modules.set(path, module)
    return module
  }

  /** @param {Module} door */
  function keepDoor(door) {
    kept.set(door.path, kept.get(door.path) ?? new Set())
    if (door.passedOn.length > 0) throw new Error(`${door.path} is a door: it lists every name`)
    for (const name of door.exports.keys()) {
      const place = placeOf(door, name)
      if (place.path !== door.path) keep(place)
      else for (const one of named(door, place.name)) if (!isInternal(one)) keepOne(door, one)
    }
  }

  /** @param {Place} place */
  function keep({ path, name }) {
    if (!isOurs(path)) return
    const module = moduleAt(path)
    for (const declaration of named(module, name)) keepOne(module, declaration)
  }

  /**
   * @param {Module} module
   * @param {Declaration} declaration
   */
  function keepOne(module, declaration) {
    const here = kept.get(module.path) ?? new Set()
    kept.set(module.path, here)
    if (here.has(declaration)) return
    here.add(declaration)
    for (const mention of declaration.mentions) {
      const imported = module.imports.get(mention)
      keep(
        imported
          ? follow(module, imported)
          : { path: module.path, name: mention, isTypeOnly: true },
      )
    }
  }

  /**
   * Where a module's export is declared, however many doors it goes through.
   *
   * @param {Module} module
   * @param {string} exported
   * @returns {Place}
   */
  function placeOf(module, exported) {
    const target = module.exports.get(exported) ?? passedOn(module, exported)
    if (target === undefined) throw new Error(`${module.path} exports no "${exported}"`)
    if ('from' in target) return follow(module, target)
    const imported = module.imports.get(target.local)
    if (imported) return follow(module, imported)
    return { path: module.path, name: target.local, isTypeOnly: false }
  }

  /**
   * @param {Module} module
   * @param {string} name
   * @returns {Link | undefined}
   */
  function passedOn(module, name) {
    const through = module.passedOn.find(({ from }) => {
      const next = moduleAt(pathOf(module, from))
      return next.exports.has(name) || passedOn(next, name)
    })
    return through && { ...through, name }
  }

  /**
   * @param {Module} module
   * @param {Link} link
   * @returns {Place}
   */
  function follow(module, { from, name, isTypeOnly }) {
    if (!from.startsWith('.')) return { path: from, name, isTypeOnly }
    if (name === '*') throw new Error(`${module.path} takes all of "${from}": name what it needs`)
    const place = placeOf(moduleAt(pathOf(module, from)), name)
    return { ...place, isTypeOnly: isTypeOnly || place.isTypeOnly }
  }

  /**
   * @param {Module} module
   * @param {Set<Declaration>} declarations
   */
  function print(module, declarations) {
    const needed = new Set([...declarations].flatMap(({ mentions }) => [...mentions]))
    const lines = [...module.imports].flatMap(([local, link]) =>
      needed.has(local) ? [statement('import', follow(module, link), local, module.path)] : [],
    )
    const shown = doors.includes(module.path)
      ? [...module.exports.keys()].flatMap((name) => {
          const place = placeOf(module, name)
          if (place.path === module.path) return []
          const keyword = place.isTypeOnly ? 'export type' : 'export'
          return [statement(keyword, place, name, module.path)]
        })
      : []
    const own = module.declarations.filter((one) => declarations.has(one)).map(({ text }) => text)
    const libraries = own.some((text) => /\bAsyncDisposable\b|\bSymbol\.asyncDispose\b/.test(text))
      ? ['/// <reference lib="esnext.disposable" />']
      : []
    const parts = [...libraries, module.page ?? [], ...lines, ...shown, ...own, 'export {};', '']
    return parts.flat().join('\n')
  }
}

/**
 * @param {Module} module
 * @param {string} from As it is written there.
 */
const pathOf = ({ path }, from) => posix.join(posix.dirname(path), from.replace(/\.ts$/, '.d.ts'))

/** @param {string} path */
const isOurs = (path) => path.endsWith('.d.ts')

/** @param {Declaration} declaration */
const isInternal = ({ text }) => /^\s*\/\*\*(?:(?!\*\/)[\s\S])*@internal/.test(text)

/**
 * @param {Module} module
 * @param {string} name
 */
const named = ({ declarations }, name) => declarations.filter(({ names }) => names.includes(name))

/** Node's own types are the user's, who may have none: then what is of them is of any type. */
const whereNodeHasNoTypes = '// @ts-ignore Of any type where there are no types of Node.'

/**
 * @param {'import' | 'export' | 'export type'} keyword
 * @param {Place} place
 * @param {string} local
 * @param {string} from
 */
function statement(keyword, { path, name }, local, from) {
  const relative = posix.relative(posix.dirname(from), path).replace(/^(?!\.)/, './')
  const specifier = isOurs(path) ? relative.replace(/\.d\.ts$/, '.js') : path
  const all = name === '*' ? `* as ${local}` : `{ ${name === local ? '' : `${name} as `}${local} }`
  const line = `${keyword} ${all} from '${specifier}';`
  return path.startsWith('node:') ? `${whereNodeHasNoTypes}\n${line}` : line
}

/**
 * @param {string} path
 * @param {string} source
 * @returns {Module}
 */
function read(path, source) {
  const { program, comments, errors } = parseSync(path, source)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`)
  /** @type {Module} */
  const module = {
    path,
    declarations: [],
    imports: new Map(),
    exports: new Map(),
    passedOn: [],
  }
  const docstrings = comments.filter(({ type, value }) => type === 'Block' && value.startsWith('*'))
  const page = docstrings.find(({ value }) => value.includes('@module'))
  if (page) module.page = source.slice(page.start, page.end)
  const listed = new Set(
    program.body.flatMap((node) =>
      node.type === 'ExportNamedDeclaration' && !node.source
        ? node.specifiers.map(({ local }) => nameOf(local))
        : [],
    ),
  )
  let end = page?.end ?? 0
  for (const node of program.body) {
    const above = docstrings.findLast((one) => one.start >= end && one.end <= node.start)
    end = node.end
    if (node.type === 'ImportDeclaration') readImport(node, module)
    else if (node.type === 'ExportAllDeclaration')
      module.passedOn.push({ from: node.source.value, isTypeOnly: node.exportKind === 'type' })
    else if (node.type === 'ExportNamedDeclaration' && node.declaration === null)
      readExport(node, module)
    else {
      const declared = node.type === 'ExportNamedDeclaration' ? node.declaration : node
      const names = namesOf(/** @type {Node} */ (/** @type {unknown} */ (declared)), path)
      // What a list exports under another name is taken from here by its own.
      const exported = declared === node && names.some((name) => listed.has(name)) ? 'export ' : ''
      const docstring = source.slice(above?.start ?? node.start, node.start)
      const text = docstring + exported + source.slice(node.start, node.end)
      module.declarations.push({ text, names, mentions: mentionsOf(declared) })
      if (declared !== node) for (const name of names) module.exports.set(name, { local: name })
    }
  }
  return module
}

/**
 * @param {import('oxc-parser').ImportDeclaration} node
 * @param {Module} module
 */
function readImport({ source, specifiers, importKind }, { path, imports }) {
  for (const one of specifiers) {
    const isTypeOnly = importKind === 'type' || ('importKind' in one && one.importKind === 'type')
    if (one.type === 'ImportDefaultSpecifier') throw new Error(`${path} imports a default`)
    const name = one.type === 'ImportNamespaceSpecifier' ? '*' : nameOf(one.imported)
    imports.set(one.local.name, { from: source.value, name, isTypeOnly })
  }
}

/**
 * @param {import('oxc-parser').ExportNamedDeclaration} node
 * @param {Module} module
 */
function readExport({ source, specifiers, exportKind }, { exports }) {
  for (const one of specifiers) {
    const [name, exported] = [nameOf(one.local), nameOf(one.exported)]
    const isTypeOnly = exportKind === 'type' || one.exportKind === 'type'
    exports.set(exported, source ? { from: source.value, name, isTypeOnly } : { local: name })
  }
}

/** @param {import('oxc-parser').ModuleExportName} node */
const nameOf = (node) => (node.type === 'Literal' ? node.value : node.name)

/** @typedef {{ type: string; [field: string]: unknown }} Node */

/**
 * @param {Node} node
 * @param {string} path
 * @returns {string[]}
 */
function namesOf(node, path) {
  const declarators = /** @type {Node[] | undefined} */ (node['declarations']) ?? [node]
  return declarators.map(({ id }) => {
    const name = /** @type {{ name?: unknown } | undefined} */ (id)?.name
    if (typeof name !== 'string') throw new Error(`${path} has a ${node.type}, which has no name`)
    return name
  })
}

/** Fields that name something of a type's own, and nothing of the module. */
const ownNames = new Set(['property', 'label', 'parameterName', 'id'])

/**
 * Every name that a declaration may take from its module; a type parameter of that name among them.
 *
 * @param {unknown} node
 * @param {Set<string>} found
 */
function mentionsOf(node, found = new Set()) {
  if (Array.isArray(node)) for (const one of node) mentionsOf(one, found)
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return found
  const { type, ...fields } = /** @type {Node} */ (node)
  if (type === 'TSImportType') throw new Error('a declaration has import("…"): import it by name')
  if (type === 'Identifier' && !fields['typeAnnotation']) found.add(String(fields['name']))
  for (const [field, value] of Object.entries(fields)) {
    if (field === 'right' && type === 'TSQualifiedName') continue
    if (field === 'key' && !fields['computed']) continue
    if (!ownNames.has(field)) mentionsOf(value, found)
    else if (field === 'id') mentionsOf(/** @type {Node} */ (value)?.['typeAnnotation'], found)
  }
  return found
}
