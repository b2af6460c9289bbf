import { globSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import manifest from '../package.json' with { type: 'json' }

const entries = globSync('*.ts', { cwd: import.meta.dirname })
  .filter((file) => !file.includes('.test.'))
  .map((file) => basename(file, '.ts'))

describe('exports of package.json', () => {
  it('has one key for each file of src, and none besides', () => {
    const keys = Object.keys(manifest.exports).filter((key) => key !== './package.json')

    expect(keys.toSorted()).toEqual(entries.map((name) => (name === 'index' ? '.' : `./${name}`)).toSorted())
  })

  it('leads to the source here, and to JavaScript with its types everywhere else', () => {
    for (const name of entries)
      expect(Object.entries(manifest.exports)).toContainEqual([
        name === 'index' ? '.' : `./${name}`,
        { 'hotclub-source': `./src/${name}.ts`, types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` },
      ])
  })
})

// A name that appears or goes away here is a change that users see.
describe('the names of', () => {
  const names = async (entry: Promise<object>) => Object.keys(await entry).toSorted()

  it('hotclub', async () => {
    expect(await names(import('hotclub'))).toMatchInlineSnapshot(`
      [
        "HttpError",
        "contextKey",
        "defineParam",
        "defineSettings",
        "href",
        "invalid",
        "notFound",
        "readJson",
        "redirect",
        "safeNext",
      ]
    `)
  })

  it('hotclub/cache', async () => {
    expect(await names(import('hotclub/cache'))).toMatchInlineSnapshot(`
      [
        "cache",
        "cacheService",
        "cached",
        "databaseCache",
        "memcachedCache",
        "memoryCache",
        "mergeCacheControl",
        "redisCache",
      ]
    `)
  })

  it('hotclub/cli', async () => {
    expect(await names(import('hotclub/cli'))).toMatchInlineSnapshot(`
      [
        "main",
      ]
    `)
  })

  it('hotclub/client', async () => {
    expect(await names(import('hotclub/client'))).toMatchInlineSnapshot(`
      [
        "Await",
        "Cached",
        "Form",
        "Head",
        "Link",
        "Messages",
        "Scripts",
        "useMessages",
        "useNavigate",
        "useNavigation",
        "useNonce",
        "usePage",
        "useRevalidate",
      ]
    `)
  })

  it('hotclub/client-entry', async () => {
    expect(await names(import('hotclub/client-entry'))).toMatchInlineSnapshot(`
      [
        "start",
      ]
    `)
  })

  it('hotclub/db', async () => {
    expect(await names(import('hotclub/db'))).toMatchInlineSnapshot(`
      [
        "collectQueries",
        "createDb",
        "setSchema",
      ]
    `)
  })

  it('hotclub/forms', async () => {
    expect(await names(import('hotclub/forms'))).toMatchInlineSnapshot(`
      [
        "Field",
        "FieldError",
        "FormSummary",
        "FormWidgets",
        "Help",
        "Input",
        "Label",
        "decimal",
        "email",
        "formAction",
        "modelForm",
        "useForm",
        "webUrl",
      ]
    `)
  })

  it('hotclub/mail', async () => {
    expect(await names(import('hotclub/mail'))).toMatchInlineSnapshot(`
      [
        "consoleMail",
        "fileMail",
        "mailService",
        "memoryMail",
        "smtpMail",
      ]
    `)
  })

  it('hotclub/middleware', async () => {
    expect(await names(import('hotclub/middleware'))).toMatchInlineSnapshot(`
      [
        "rateLimit",
      ]
    `)
  })

  it('hotclub/admin', async () => {
    expect(await names(import('hotclub/admin'))).toMatchInlineSnapshot(`
      [
        "defineAdmin",
        "defineSite",
      ]
    `)
  })

  it('hotclub/server', async () => {
    expect(await names(import('hotclub/server'))).toMatchInlineSnapshot(`
      [
        "accountRoutes",
        "adminRoutes",
        "createApp",
      ]
    `)
  })

  it('hotclub/testing', async () => {
    expect(await names(import('hotclub/testing'))).toMatchInlineSnapshot(`
      [
        "createTestApp",
      ]
    `)
  })

  it('hotclub/vite', async () => {
    expect(await names(import('hotclub/vite'))).toMatchInlineSnapshot(`
      [
        "hotclub",
      ]
    `)
  })

  it('hotclub/accounts', async () => {
    expect(await names(import('hotclub/accounts'))).toMatchInlineSnapshot(`
      [
        "accountLayout",
        "accountPage",
        "changeEmailPage",
        "changePasswordPage",
        "codePage",
        "confirmEmailPage",
        "confirmPage",
        "deleteAccountPage",
        "finishSignUpPage",
        "forgottenPasswordPage",
        "loginPage",
        "logoutPage",
        "passkeysPage",
        "providerCallbackPage",
        "providerPage",
        "providersPage",
        "resetPasswordPage",
        "secondFactorPage",
        "sessionsPage",
        "signUpPage",
      ]
    `)
  })

  it('hotclub/auth', async () => {
    expect(await names(import('hotclub/auth'))).toMatchInlineSnapshot(`
      [
        "anyone",
        "audit",
        "authenticate",
        "changePassword",
        "checkPassword",
        "confirmed",
        "createUnusablePassword",
        "defaultPasswordRules",
        "defineAuth",
        "definePolicy",
        "grant",
        "hasUsablePassword",
        "hashPassword",
        "joinGroup",
        "leaveGroup",
        "logIn",
        "logOut",
        "normalizeEmail",
        "oidcProvider",
        "passwordBackend",
        "passwordLength",
        "passwordNotDigits",
        "passwordUncommon",
        "passwordUnlike",
        "requirePermission",
        "requireUser",
        "revoke",
        "signedIn",
        "verifyPassword",
        "visibleFields",
        "why",
        "writableFields",
      ]
    `)
  })

  it('hotclub/session', async () => {
    expect(await names(import('hotclub/session'))).toMatchInlineSnapshot(`[]`)
  })

  it('hotclub/signals', async () => {
    expect(await names(import('hotclub/signals'))).toMatchInlineSnapshot(`
      [
        "on",
      ]
    `)
  })
})
