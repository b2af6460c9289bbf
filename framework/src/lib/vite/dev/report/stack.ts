import { isAbsolute, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { StackFrame } from './report.ts'

/** Folders that tell whose code a file is; absolute. */
export interface Folders {
  /** The project. */
  root: string
  /** The framework's package. */
  framework: string
}

/** A frame as the stack has it: an absolute path, or a URL of the dev server. */
export interface RawFrame {
  name: string
  file: string
  line: number
  column: number
}

const framePattern = /^\s*at (?:(?:async )?(.+?) \()?(?:async )?((?:file:\/\/|https?:\/\/|\/|[A-Za-z]:[\\/]).*?):(\d+):(\d+)\)?$/

/** Reads the calls of a V8 stack; those inside Node itself are left out. */
export function parseStack(stack: string): RawFrame[] {
  const frames: RawFrame[] = []
  for (const line of stack.split('\n')) {
    const match = framePattern.exec(line)
    if (!match) continue
    const [, name = '', file, row, column] = match
    frames.push({ name: cleanName(name), file: toPath(file!), line: Number(row), column: Number(column) })
  }
  return frames
}

/** Gives a frame the name its reader knows it by. */
export function showFrame(frame: RawFrame, folders: Folders): StackFrame {
  return { ...frame, file: showFile(frame.file, folders), isOwn: isOwnFile(frame.file, folders) }
}

/** Whether a file belongs to the app: inside the project, outside packages, generated code and the framework. */
export function isOwnFile(file: string, { root, framework }: Folders): boolean {
  if (!isInside(root, file) || isInside(framework, file)) return false
  return !/[\\/](?:node_modules|\.hotclub|prisma[\\/]generated)[\\/]/.test(file.slice(root.length))
}

/** A path as people write it: from the project, or from the package it is in. */
export function showFile(file: string, { root, framework }: Folders): string {
  const inPackage = file.lastIndexOf('/node_modules/')
  if (inPackage !== -1) return file.slice(inPackage + '/node_modules/'.length)
  if (isInside(framework, file)) return `hotclub/${relative(framework, file).split(sep).join('/')}`
  return isInside(root, file) ? relative(root, file).split(sep).join('/') : file
}

function isInside(folder: string, file: string): boolean {
  const path = relative(folder, file)
  return path !== '' && !path.startsWith('..') && !isAbsolute(path)
}

function toPath(text: string): string {
  return text.startsWith('file://') ? fileURLToPath(text) : text
}

/** The module runner calls a module's functions through wrappers; only the function's own name means something. */
function cleanName(name: string): string {
  return name.replace(/^(?:async )?(?:Module|Object|Function)\./, '').replace(/^__vite_ssr_(?:import|export)_\w+__\./, '')
}
