/**
 * What `hotclub check` looks at: id → one line that says when it speaks. `docs/reference/checks.md` lists the same; a test holds both
 * equal. Those that start with `deploy.` are of `--deploy`.
 */
export const checks = {
  'settings.invalid': 'The environment or `app/settings.ts` holds something wrong.',
  'settings.silence': '`checks.silence` names a check that does not exist.',
  'routes.invalid': 'A route file has a wrong name, export or parameter, or two answer one URL.',
  'routes.load': 'A route file cannot be loaded.',
  'routes.security': "A route's export `security` is wrong.",
  'proxies.invalid': '`trustedProxies` holds something that is no address and no network.',
  'migrations.missing': 'The schema has changes for which there is no migration.',
  'deploy.environment': '`NODE_ENV` is not `production`.',
  'deploy.hosts': '`hosts` is empty: only this machine itself is answered.',
  'deploy.hosts.any': '`hosts` lets in any name.',
  'deploy.secret': 'There is no secret.',
  'deploy.secret.weak': 'A secret is short or simple enough to be guessed.',
  'deploy.https': 'Visitors by http are not sent to https.',
  'deploy.cookies': 'Cookies are not `Secure` for visitors by http.',
  'deploy.hsts': 'Browsers are not told to keep to https, or for less than a month.',
  'deploy.hsts.subdomains': 'Subdomains are not held to https.',
  'deploy.hsts.preload': 'Browsers do not know before the first visit that the site is https alone.',
  'deploy.proxies': 'The site is https alone, and no proxy is trusted to say that a visitor came by it.',
  'deploy.proxies.count': 'Proxies are trusted by number.',
  'deploy.nosniff': '`X-Content-Type-Options` is not `nosniff`.',
  'deploy.frames': 'Pages of other sites may frame this one.',
  'deploy.referrer': '`Referrer-Policy` is missing or tells other sites whole addresses.',
  'deploy.opener': '`Cross-Origin-Opener-Policy` is missing or not one.',
  'deploy.csp': 'There is no content security policy.',
  'deploy.csp.unsafe': 'The content security policy lets injected code run.',
  'deploy.csrf': "Requests of other sites' pages are let in.",
  'deploy.csrf.origins': 'A trusted origin is not https.',
  'deploy.database': '`DATABASE_URL` is missing or wrong.',
  'deploy.database.place': 'The database lies inside the project, where a deployment may overwrite or publish it.',
  'deploy.migrations': 'The database does not have every migration, or has others.',
  'deploy.mail': 'There are accounts, and no way to send mail.',
  'deploy.mail.from': "There are accounts, and mail comes from nobody's address.",
  'deploy.log': 'The log tells too much.',
  'deploy.build': 'There is no build.',
} as const

/** A check's name. */
export type CheckId = keyof typeof checks
