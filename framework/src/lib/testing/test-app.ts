import { accountRoutes } from '../accounts/routes.ts'
import { adminRoutes } from '../admin/routes.ts'
import type { AuthConfig } from '../auth/config.ts'
import type { Policy } from '../auth/policies/policy.ts'
import type { AsUser } from '../auth/policies/with-policies.ts'
import type { Middleware } from '../core/context.ts'
import type { OutgoingMail } from '../core/mail.ts'
import type { Db } from '../core/register.ts'
import { defineSettings, type Settings } from '../core/settings.ts'
import { describeForm } from '../forms/describe.ts'
import { isFormAction } from '../forms/form-action.ts'
import { mailService } from '../mail/mailer.ts'
import { memoryMail } from '../mail/memory-mail.ts'
import { buildRoutes } from '../routing/build-routes.ts'
import { createMatcher } from '../routing/match.ts'
import type { ParamConverter, RouteModule } from '../routing/types.ts'
import { getSchema } from '../schema/registry.ts'
import { createApp } from '../server/app.ts'
import type { Receiver } from '../signals/receiver.ts'
import type { App, AppManifest, ErrorReport } from '../server/types.ts'
import { failOnProblems } from '../routing/problems.ts'
import type { ObjectNode } from '../view/form-node.ts'
import { DefaultRoot } from './default-root.tsx'
import { readForm, submitForm, type Submitted, type SubmittedValues, type SubmitWith } from './submit.ts'
import { createLoginKey, createTestClient, type TestClient, testLogin } from './test-client.ts'

export interface TestAppOptions {
  /** Modules by their place under `app/routes`: `{ 'index.tsx': { default: Home } }`. */
  routes: Record<string, RouteModule>
  /** The document (default: a bare one whose `ErrorView` shows status and message). */
  root?: RouteModule
  middleware?: Middleware[]
  params?: Record<string, ParamConverter>
  /** Default: every default. */
  settings?: Settings
  /** What loaders get as `db`. */
  db?: Db extends AsUser<infer Client> ? Client : Db
  /** Switches accounts on, with their pages: what `defineAuth` gives. */
  auth?: AuthConfig
  /** What `definePolicy` gives: with them, and the models that `setSchema` was told, `db` has `as`. */
  policies?: Policy[]
  /** Switches the admin on: the modules of `admin/` by their names, `{ 'site.ts': { default: defineSite() } }`. */
  admin?: Record<string, object>
  /** Receivers of signals. */
  signals?: Receiver[]
}

/** An app without a socket. */
export interface TestApp extends App {
  /**
   * Sends a request through the whole app, as a page of the site would have a browser do: with `Sec-Fetch-Site: same-origin`, unless it
   * says otherwise. @param path Path and query
   */
  request(path: string, init?: RequestInit): Promise<Response>
  /**
   * Fills in and sends a form of a page, as a browser with a script does.
   *
   * @param path Path and query of the page
   * @param action The name of one of its `actions`
   * @param values Fields by name, lists and objects as such: `{ stars: 9, cast: [{ role: 'Thief', isLead: true }] }`
   */
  submit(path: string, action: string | undefined, values: SubmittedValues): Promise<Submitted>
  /** The client as loaders get it: with `as`, where there are models. */
  readonly db: Db
  /** Gives a browser of its own, which keeps cookies and can be signed in. */
  client(): TestClient
  /** The mails that the app has sent so far, the oldest first, unless `settings` name a transport. Those that are queued are waited for. */
  mails(): Promise<readonly OutgoingMail[]>
  /** Unexpected errors so far; a test that expects none looks here. */
  readonly errors: ErrorReport[]
}

/**
 * Assembles an app from modules, as the generated server entry does from files, and answers requests without a
 * server: what middleware, matching, loaders, actions, views and error views do is what a visitor would get.
 *
 * @throws {HotclubError} when the routes contradict each other
 */
export async function createTestApp(options: TestAppOptions): Promise<TestApp> {
  const own: Modules = { 'root.tsx': options.root ?? DefaultRoot }
  for (const [file, module] of Object.entries(options.routes)) own[`routes/${file}`] = module
  const mounted = { ...(options.auth ? await loadAll(accountRoutes) : {}), ...(options.admin ? await loadAll(adminRoutes) : {}) }
  const converters = Object.keys(options.params ?? {}).map((name) => ({ file: `params/${name}.ts`, source: 'export default {}' }))
  const { routes, problems } = buildRoutes([
    ...Object.entries(own).map(sourceOf),
    ...Object.entries(mounted).map((entry) => ({ ...sourceOf(entry), mountedFrom: entry[0] })),
    ...converters,
  ])
  const modules: Modules = { ...mounted, ...own }
  failOnProblems(problems)
  const loginKey = createLoginKey()
  const mail = memoryMail()
  const settings = options.settings ?? defineSettings({})
  const app = await createApp({
    settings: { ...settings, mail: { transport: mail, ...settings.mail } },
    middleware: [...(options.auth ? [testLogin(loginKey)] : []), ...(options.middleware ?? [])],
    params: options.params ?? {},
    routes,
    load: Object.fromEntries(Object.entries(modules).map(([file, module]) => [file, () => Promise.resolve(module)])),
    assets: testAssets(Object.keys(modules)),
    // Without one `db` is undefined, as in an app without a database.
    createDb: () => options.db as Db,
    auth: options.auth,
    policies: options.policies ?? [],
    schema: getSchema(),
    ...(options.admin ? { admin: options.admin } : {}),
    signals: options.signals ?? [],
  })
  const match = createMatcher(routes, options.params ?? {}, { trailingSlash: 'ignore' })
  const formAt = async (fetch: Fetch, path: string, name = ''): Promise<ObjectNode | undefined> => {
    const found = match(path.split('?', 1)[0]!)
    const action = found.kind === 'match' ? modules[found.route.file]?.actions?.[name] : undefined
    if (!isFormAction(action)) return undefined
    const { schema } = action.options
    return typeof schema === 'function' ? await readForm(fetch, path, name) : describeForm(schema)
  }
  const errors: ErrorReport[] = []
  app.onError((report) => errors.push(report))
  const submitWith: SubmitWith = async (fetch, path, action, values) =>
    await submitForm(fetch, path, action, values, await formAt(fetch, path, action))
  const fetch = (request: Request): Promise<Response> => app.fetch(request)
  const client = (): TestClient => createTestClient({ fetch, submitWith, loginKey })
  return Object.assign(app, {
    errors,
    // `createApp` has given it what it lacked.
    db: options.db as Db,
    client,
    async mails() {
      await app.service(mailService).flush()
      return mail.sent
    },
    // Without cookies, each time as if for the first time.
    request: (path: string, init?: RequestInit) => client().request(path, init),
    submit: (path: string, action: string | undefined, values: SubmittedValues) => submitWith(fetch, path, action, values),
  })
}

type Fetch = (request: Request) => Promise<Response>

/** Modules by their place in an app: `routes/index.tsx`. */
type Modules = Record<string, RouteModule>

async function loadAll(loaders: AppManifest['load']): Promise<Modules> {
  return Object.fromEntries(await Promise.all(Object.entries(loaders).map(async ([file, load]) => [file, await load()] as const)))
}

/** Source text with the module's exports, for the scan to read. */
function sourceOf([file, module]: [string, RouteModule]): { file: string; source: string } {
  const names = Object.keys(module).filter((name) => name !== 'default' && name !== 'hydrate')
  const lines = names.map((name) => `export const ${name} = 0`)
  if (module.default) lines.push('export default 0')
  if (module.hydrate !== undefined) lines.push(`export const hydrate = ${module.hydrate}`)
  return { file, source: lines.join('\n') }
}

function testAssets(files: string[]): AppManifest['assets'] {
  const module = (url: string): AppManifest['assets']['entry'] => ({ url, imports: [], styles: [] })
  return { build: 'test', entry: module('/entry.js'), modules: Object.fromEntries(files.map((file) => [file, module(`/${file}`)])) }
}
