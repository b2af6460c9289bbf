/**
 * The door to every npm script: `node scripts/run.mjs <command> [arguments]`.
 *
 * Whoever just cloned the repository has some Node and npm and nothing else. So this file is plain JavaScript for any
 * Node from 18 and imports nothing from npm: it installs what is missing, then hands over to the pinned Node.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
/** Stands while npm works, so that an interrupted install is noticed next time. */
const marker = join(modules, '.hotclub-installing')
const executable = process.platform === 'win32' ? 'node.exe' : 'node'
const nodeBinary = join(modules, 'node', 'bin', executable)

const scripts = {
  dev: ['framework/bin/hotclub.js', 'dev'],
  build: ['framework/bin/hotclub.js', 'build'],
  start: ['framework/bin/hotclub.js', 'start'],
  test: ['scripts/commands/test.ts'],
  check: ['scripts/commands/check.ts'],
  bench: ['bench/run.ts'],
}

const [command = '', ...args] = process.argv.slice(2)
if (!Object.prototype.hasOwnProperty.call(scripts, command))
  fail(`'${command}' is not a command. There are: ${Object.keys(scripts).join(', ')}.`)
if (Number(process.versions.node.split('.')[0]) < 18)
  fail(`This is Node ${process.versions.node}. Install Node 18 or newer (https://nodejs.org); the rest is fetched from npm.`)

installWhatIsMissing()
handOver(pinnedNode(), scripts[command].concat(args))

function installWhatIsMissing() {
  const reason = reasonToInstall()
  if (reason === undefined) return
  say(`${reason}: running npm install …`)
  if (existsSync(modules)) writeFileSync(marker, '')
  // `npm ci` refuses a lock file that was written where some platform's binaries could not be seen; `--no-save` leaves it as it is.
  // Nothing but the pinned Node needs its install script, and older npm would run all: compilers and downloads included.
  const save = lockMatchesManifests() ? ['--no-save'] : []
  if (npm(['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'].concat(save), root) !== 0)
    fail('npm install did not succeed; its own words are above. Mend that and run the command again.')
  if (!works(nodeBinary)) npm(['rebuild', 'node', '--loglevel=error'], root)
  rmSync(marker, { force: true })
}

/** What npm installed (its own record) is held against what package-lock.json asks for. */
function reasonToInstall() {
  const installed = readJson(join(modules, '.package-lock.json'))
  if (!installed) return 'Nothing is installed yet'
  if (existsSync(marker)) return 'The last install was interrupted'
  const wanted = readJson(join(root, 'package-lock.json'))
  if (!wanted || !lockMatchesManifests()) return 'A package.json changed'
  for (const path of Object.keys(wanted.packages)) {
    const want = wanted.packages[path]
    if (!path.startsWith('node_modules/') || want.link) continue
    const have = installed.packages[path]
    if (have ? have.version !== want.version : !want.optional && !want.peer && !want.devOptional)
      return `package-lock.json changed (${path.replace('node_modules/', '')})`
  }
  return undefined
}

function lockMatchesManifests() {
  const lock = readJson(join(root, 'package-lock.json'))
  if (!lock) return false
  return ['', 'framework'].every((folder) => {
    const manifest = readJson(join(root, folder, 'package.json')) || {}
    const locked = lock.packages[folder] || {}
    return ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].every((kind) => {
      const asked = Object.entries(manifest[kind] || {})
      const known = locked[kind] || {}
      return asked.length === Object.keys(known).length && asked.every(([name, range]) => known[name] === range)
    })
  })
}

/** The `node` package brings its binary by an install script, which npm may have been told not to run. */
function pinnedNode() {
  if (works(nodeBinary)) return nodeBinary
  const version = (readJson(join(modules, 'node', 'package.json')) || {}).version
  if (!version) fail('The package "node" is not installed. Delete node_modules and run the command again.')
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const name = `${platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node'}-${platform}-${process.arch}`
  const folder = join(modules, '.hotclub-node')
  const direct = join(folder, 'node_modules', name, 'bin', executable)
  if (works(direct)) return direct
  say(`Node ${version} came without its binary: fetching ${name}@${version} …`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  npm(['install', '--no-save', '--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts', `${name}@${version}`], folder)
  if (works(direct)) return direct
  if (Number(process.versions.node.split('.')[0]) >= 24) {
    say(`There is no Node ${version} for this machine: going on with the running Node ${process.versions.node}.`)
    return process.execPath
  }
  return fail(`Node ${version} could not be fetched. Install Node 24 (https://nodejs.org) and run the command again with it.`)
}

function works(binary) {
  return existsSync(binary) && spawnSync(binary, ['--version']).status === 0
}

/** Runs npm and shows what it says; the npm that started us, or the one on the PATH. */
function npm(npmArgs, cwd) {
  const own = process.env.npm_execpath
  const result =
    own && /npm-cli\.c?js$/.test(own)
      ? spawnSync(process.execPath, [own].concat(npmArgs), { cwd, stdio: 'inherit' })
      : spawnSync('npm', npmArgs, { cwd, stdio: 'inherit', shell: process.platform === 'win32' })
  if (result.error) fail(`npm could not be started: ${result.error.message}`)
  if (result.signal) process.exit(128 + constants.signals[result.signal])
  return result.status
}

/** Becomes the command: the same terminal, its signals, its exit code. */
function handOver(node, script) {
  const path = [join(modules, '.bin'), dirname(node), process.env.PATH || ''].join(delimiter)
  const child = spawn(node, ['--conditions=hotclub-source', join(root, script[0])].concat(script.slice(1)), {
    cwd: root,
    stdio: 'inherit',
    env: Object.assign({}, process.env, { PATH: path }),
  })
  // A terminal sends Ctrl-C to the whole group, and npm sends it once more: the child must not take that for a second one.
  let forwarded = [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY)
  process.on('SIGINT', () => {
    if (!forwarded) child.kill('SIGINT')
    forwarded = true
  })
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.on('SIGHUP', () => child.kill('SIGHUP'))
  // npm stops only the shell between us: then the parent goes away, and nobody else is left to stop the command.
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    child.kill('SIGTERM')
  }, 250)
  if (!process.env.npm_lifecycle_event) clearInterval(watch)
  child.on('error', (error) => fail(`Node could not be started: ${error.message}`))
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code))
}

function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

function say(words) {
  process.stderr.write(`hotclub: ${words}\n`)
}

function fail(words) {
  say(words)
  process.exit(1)
}
