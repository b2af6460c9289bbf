#!/usr/bin/env node
// Run by Prisma's CLI as the generator `hotclub-prisma-generator`: the source in this repository, the build in the package.
import { existsSync } from 'node:fs'

const source = new URL('../src/lib/schema/generator.ts', import.meta.url)
const built = new URL('../dist/lib/schema/generator.js', import.meta.url)
const { runGenerator } = await import((existsSync(source) ? source : built).href)
runGenerator()
