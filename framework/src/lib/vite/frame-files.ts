/** The files that an app stands on, beside its routes: the server entry imports them, so that whatever they are, the app is made of it. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Project } from './project.ts'

/** Single files. */
const FILES = ['settings.ts', 'middleware.ts', 'auth.ts'] as const

type Folder = 'policies' | 'signals' | '../admin'

/** Folders in which each file counts by itself, and how their names end. The admin stands beside the app, and may hold views. */
const FOLDERS: Readonly<Record<Folder, RegExp>> = { policies: /\.ts$/, signals: /\.ts$/, '../admin': /\.tsx?$/ }

/** Whether the server entry imports a file once it is there. @param file Relative to the app folder, with `/` */
export function isFrameFile(file: string): boolean {
  const found = Object.entries(FOLDERS).find(([folder]) => file.startsWith(`${folder}/`))
  if (!found) return FILES.some((known) => known === file)
  const [folder, ending] = found
  const name = file.slice(folder.length + 1)
  return ending.test(name) && !name.includes('/') && !name.startsWith('_') && !/\.(?:test|test-d|d)\.tsx?$/.test(name)
}

/** Whether the app has one of the single files. */
export function hasFrameFile(project: Project, file: (typeof FILES)[number]): boolean {
  return existsSync(join(project.app, file))
}

/** The files of a folder, in the order of their names: `policies/review.ts`. */
export function frameFilesIn(project: Project, folder: Folder): string[] {
  const path = join(project.app, folder)
  const names = existsSync(path) ? readdirSync(path) : []
  return names
    .map((name) => `${folder}/${name}`)
    .filter(isFrameFile)
    .toSorted()
}
