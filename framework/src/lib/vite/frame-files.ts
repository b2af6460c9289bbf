/** The files that an app stands on, beside its routes: the server entry imports them, so that whatever they are, the app is made of it. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Project } from './project.ts'

/** Single files. */
const FILES = ['settings.ts', 'middleware.ts', 'auth.ts'] as const

/** Folders in which each file counts by itself. The admin stands beside the app. */
const FOLDERS = ['policies', 'signals', '../admin'] as const

/** Whether the server entry imports a file once it is there. @param file Relative to the app folder, with `/` */
export function isFrameFile(file: string): boolean {
  const folder = FOLDERS.find((known) => file.startsWith(`${known}/`))
  if (folder === undefined) return FILES.some((known) => known === file)
  const name = file.slice(folder.length + 1)
  return !name.includes('/') && /^[^_].*\.tsx?$/.test(name) && !/\.(?:test|test-d|d)\.tsx?$/.test(name)
}

/** Whether the app has one of the single files. */
export function hasFrameFile(project: Project, file: (typeof FILES)[number]): boolean {
  return existsSync(join(project.app, file))
}

/** The files of a folder, in the order of their names: `policies/review.ts`. */
export function frameFilesIn(project: Project, folder: (typeof FOLDERS)[number]): string[] {
  const path = join(project.app, folder)
  const names = existsSync(path) ? readdirSync(path) : []
  return names
    .map((name) => `${folder}/${name}`)
    .filter(isFrameFile)
    .toSorted()
}
