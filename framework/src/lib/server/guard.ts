import { getLogger } from '../core/log.ts'
import { HttpError } from '../core/results.ts'
import { mediaTypeOf } from '../http/media-type.ts'
import { FORM_TYPES, type FormLimits, readForm } from '../http/read-form.ts'
import { createHostCheck, type HostCheck } from '../http/allowed-hosts.ts'
import { createOriginCheck, decideCsrf, isSafeMethod, type OriginCheck } from '../http/csrf.ts'
import { CSRF_FIELD } from '../view/form-node.ts'
import type { Chain } from './chain.ts'
import type { ServerContext } from './context.ts'
import { emptyResponse, fastResponse } from './responses.ts'
import type { AppManifest } from './types.ts'

/** What stands before the app: whoever does not get past it never meets a line of its code. */
export class Guard {
  readonly #isAllowedHost: HostCheck
  readonly #isTrustedOrigin: OriginCheck
  readonly #httpsOnly: boolean
  readonly #csrf: boolean
  readonly #limits: FormLimits

  constructor({ settings, assets }: Pick<AppManifest, 'settings' | 'assets'>) {
    this.#isAllowedHost = createHostCheck(settings.hosts, assets.dev?.hosts)
    this.#isTrustedOrigin = createOriginCheck(settings.security.trustedOrigins)
    this.#httpsOnly = settings.security.https
    this.#csrf = settings.security.csrf
    this.#limits = settings.limits
  }

  /** Answers what is not for this site, or not by the way that it wants; `undefined` lets the request in. */
  checkTarget({ origin, request, requestId }: ServerContext): Response | undefined {
    const host = origin.slice(origin.indexOf('//') + 2)
    if (!this.#isAllowedHost(host)) {
      getLogger().warn(
        { host: host.slice(0, 200), requestId, hint: `If the site is to be reached by this name, add it to 'hosts' in app/settings.ts.` },
        'A request was refused: the site is not known by this host.',
      )
      return fastResponse('This host is not known here.\n', 400, {
        'content-type': 'text/plain; charset=utf-8',
        'cache-control': 'no-store',
      })
    }
    if (!this.#httpsOnly || !origin.startsWith('http:')) return undefined
    return emptyResponse(308, { location: `https${request.url.slice(4)}` })
  }

  /**
   * Lets a request that may change something in only when it comes from a page of this site.
   *
   * @param chain The route it is for, if there is one
   * @throws {HttpError} 403, in words for a visitor whose page is merely old
   */
  async checkOrigin(context: ServerContext, chain: Chain | undefined): Promise<void> {
    const { request } = context
    if (isSafeMethod(request.method) || !(chain?.csrf ?? this.#csrf)) return
    const { headers } = request
    const said = { method: request.method, site: headers.get('sec-fetch-site'), origin: headers.get('origin'), own: context.origin }
    const verdict = decideCsrf(said, this.#isTrustedOrigin)
    if (verdict.kind === 'allowed') return
    if (verdict.kind === 'token' && (await this.#hasToken(context, chain))) return
    const reason = verdict.kind === 'token' ? 'it neither says where it comes from nor carries a valid token' : verdict.reason
    getLogger().warn(
      {
        reason,
        path: context.pathname,
        requestId: context.requestId,
        hint: `For another site that may send forms here, see 'security.trustedOrigins'; for a webhook, export const security = { csrf: false }.`,
      },
      'A request was refused: no page of this site has sent it.',
    )
    throw new HttpError(403, 'This was not sent from a page of this site. Load the page again and send it once more.')
  }

  async #hasToken(context: ServerContext, chain: Chain | undefined): Promise<boolean> {
    const given = context.request.headers.get('x-csrf-token') ?? (await this.#tokenOfForm(context, chain))
    return typeof given === 'string' && context.isOwnToken(given)
  }

  async #tokenOfForm(context: ServerContext, chain: Chain | undefined): Promise<FormDataEntryValue | null> {
    if (chain === undefined || !isForm(context.request)) return null
    // A handler reads the body by itself; an action gets the form that was read here.
    const form = chain.kind === 'page' ? await context.readForm() : await readForm(context.request.clone(), this.#limits)
    return form.get(CSRF_FIELD)
  }
}

function isForm(request: Request): boolean {
  return FORM_TYPES.includes(mediaTypeOf(request.headers.get('content-type')))
}
